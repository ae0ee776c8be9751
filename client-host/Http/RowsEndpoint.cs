using Coordinator.Client;
using Coordinator.Client.Submitting;
using Coordinator.ClientHost.Settings;
using Coordinator.Files.Records;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Coordinator.ClientHost.Http;

/// <summary><c>POST /v1/tables/{table}/rows</c>: the body is one intent. The response comes after its commit.</summary>
internal static class RowsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/tables/{table}/rows", PostAsync)
        .WithName("InsertRows")
        .WithSummary("Write the rows of the body, together or not at all, and answer when they are committed")
        .WithDescription("The Idempotency-Key header is the intent's id: sending the same key again never writes again, and it may be in double "
            + "quotes. Row numbers in errors are lines, or positions in a JSON array. "
            + "A JSON object is one row. A body may have Content-Encoding: gzip.")
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
        string table, [FromHeader(Name = RequestId.Header)] string? idempotencyKey, HttpRequest request, ICoordinatorClient client,
        TableIds ids, RecentIntents recent, BodyBudget budget, IOptions<HttpSettings> settings, CancellationToken cancellationToken)
    {
        using var share = budget.Open();
        var (body, refusal) = RowsBody.Of(request, share);
        if (body is null) return Problems.Result(StatusCodes.Status415UnsupportedMediaType, "The body is not taken as it is", refusal);

        var name = TableName.Parse(WithSlashes(table, request));
        IntentId? given = idempotencyKey is null ? null : RequestId.Of(idempotencyKey);
        var (chunk, broken) = await body.ReadAsync(cancellationToken);
        using (chunk)
        {
            var malformed = broken ?? chunk;
            if (malformed is null) return Malformed("There are no rows", "The body holds no row; expected at least one.", given, []);
            if (broken is not null || chunk!.Encode() is not { } rows)
                return Malformed("The body is malformed", malformed.Errors[0].ToString(), given, malformed.Errors);

            // Numbers that are used up without an intent would divide the ledger's ranges, so a new one is taken last.
            var id = given ?? ids.Next(name);
            recent.Add(id, name);
            // For the problem response, if there is no receipt.
            request.HttpContext.Features.Set(new IntentLink(id, name));
            // The caller must see the back-pressure of a full queue. Other temporary failures are retried here.
            var options = new WriteOptions
            {
                Id = id,
                // Only a caller's key can come with other content. Intents with a hash each need a row of the ledger each.
                ContentHash = given is null ? Guid.Empty : null,
                Timeout = settings.Value.RowsTimeout,
                WaitWhenFull = false,
            };
            var receipt = await client.InsertAsync(name, rows, options, cancellationToken);
            return receipt.Status == WriteStatus.Rejected
                ? TypedResults.Json(WriteAnswer.Of(name, InFileRows(receipt, chunk)), statusCode: StatusCodes.Status422UnprocessableEntity)
                : TypedResults.Ok(WriteAnswer.Of(name, receipt));
        }
    }

    private static IResult Malformed(string title, string detail, IntentId? id, IReadOnlyList<RowError> errors) =>
        Problems.Result(StatusCodes.Status400BadRequest, title, detail, id, errors);

    /// <summary>A slash within a quoted name is escaped in the path, and routing keeps it escaped. Only the raw path distinguishes it from the
    /// text "%2F".</summary>
    private static string WithSlashes(string table, HttpRequest request)
    {
        if (!table.Contains("%2F", StringComparison.OrdinalIgnoreCase)) return table;
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0].Split('/');
        return target is [.., var sent, _] ? Uri.UnescapeDataString(sent) : table;
    }

    private static WriteReceipt InFileRows(WriteReceipt receipt, RecordChunk chunk) =>
        receipt with { Errors = [.. receipt.Errors.Select(e => e.Row == 0 ? e : chunk.InFile(e))] };
}
