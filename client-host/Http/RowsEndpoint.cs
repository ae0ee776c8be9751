using Coordinator.Client;
using Coordinator.ClientHost.Rows;
using Coordinator.Receipts;
using Coordinator.Tables;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Coordinator.ClientHost.Http;

/// <summary><c>POST /v1/tables/{table}/rows</c>: the body is one intent; the answer comes after its commit.</summary>
internal static class RowsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/tables/{table}/rows", PostAsync)
        .WithName("InsertRows")
        .WithSummary("Write the rows of the body, together or not at all, and answer when they are committed")
        .WithDescription("The Idempotency-Key header is the intent's id: sending the same key again never writes again, and it may be in double quotes. Row numbers in errors are lines, or positions in a JSON array.")
        .Accepts<Stream>(RowFormats.NdjsonMediaType, RowFormats.JsonMediaType, RowFormats.CsvMediaType)
        .Produces<WriteAnswer>()
        .Produces<WriteAnswer>(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status504GatewayTimeout);

    private static async Task<IResult> PostAsync(
        string table, [FromHeader(Name = RequestId.Header)] string? idempotencyKey, HttpRequest request, ICoordinatorClient client, RecentIntents recent, IOptions<HttpSettings> settings, CancellationToken cancellationToken)
    {
        var mediaType = System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType : null;
        if (RowFormats.OfMediaType(mediaType) is not { } format)
            return Problems.Result(StatusCodes.Status415UnsupportedMediaType, "The media type is not known", Problems.UnknownMediaType(request));

        var name = TableName.Parse(table);
        var id = RequestId.Of(idempotencyKey);
        using var chunk = await ReadAsync(format, request.Body, cancellationToken);
        if (chunk is null) return Problems.Result(StatusCodes.Status400BadRequest, "There are no rows", "The body holds no row; expected at least one.", id);
        if (chunk.Encode() is not { } rows) return Problems.Result(StatusCodes.Status400BadRequest, "The body is malformed", chunk.Errors[0].ToString(), id, chunk.Errors);

        recent.Add(id, name);
        // The pressure of a full queue belongs to the caller; everything else is worth some patience here.
        var options = new WriteOptions { Id = id, Timeout = settings.Value.RowsTimeout, WaitWhenFull = false };
        var receipt = await client.InsertAsync(name, rows, options, cancellationToken);
        return receipt.Status == WriteStatus.Rejected
            ? TypedResults.Json(WriteAnswer.Of(name, InFileRows(receipt, chunk)), statusCode: StatusCodes.Status422UnprocessableEntity)
            : TypedResults.Ok(WriteAnswer.Of(name, receipt));
    }

    private static async Task<RecordChunk?> ReadAsync(RowFormat format, Stream body, CancellationToken cancellationToken)
    {
        await foreach (var chunk in RecordReader.ReadAsync(format, body, ChunkLimits.None, cancellationToken)) return chunk;
        return null;
    }

    private static WriteReceipt InFileRows(WriteReceipt receipt, RecordChunk chunk) =>
        WriteReceipt.Rejected(receipt.Id, [.. receipt.Errors.Select(e => e.Row == 0 ? e : e with { Row = chunk.Rows[(int)e.Row - 1] })]);
}
