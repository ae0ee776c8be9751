using System.IO.Compression;
using System.Net.Http.Headers;
using Coordinator.Files.Input;
using Coordinator.Files.Records;

namespace Coordinator.ClientHost.Http;

/// <summary>A request's rows as text, with the format, charset and compression in its headers.</summary>
/// <param name="Text">The decompressed text.</param>
/// <param name="Format">The format of the records.</param>
/// <param name="Dialect">The format of CSV fields.</param>
internal sealed record RowsBody(Stream Text, RowFormat Format, CsvDialect Dialect)
{
    private const string Gzip = "gzip";

    /// <summary>Reads the headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="share">What the body takes of the host's budget.</param>
    /// <returns>The body, or what is unsupported about it and what is supported.</returns>
    /// <exception cref="FormatException">A parameter of the media type is invalid.</exception>
    public static (RowsBody? Body, string Refusal) Of(HttpRequest request, BodyBudget.Share share)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || RowFormats.OfMediaType(type.MediaType) is not { } format)
            return (null, Problems.UnknownMediaType(request));
        if (type.CharSet?.Trim('"') is { } charset && charset.ToLowerInvariant() is not ("utf-8" or "utf8" or "us-ascii" or "ascii"))
            return (null, $"The body's charset is '{charset}'; expected utf-8.");
        if (Parameter(type, "header") is { } header && !header.Equals("present", StringComparison.OrdinalIgnoreCase))
            return (null, $"The body's media type says header={header}; expected CSV with a header row.");
        var dialect = format == RowFormat.Csv && Parameter(type, "delimiter") is { } delimiter
            ? CsvDialect.Default with { Delimiter = CsvDialect.ParseDelimiter(delimiter) }
            : CsvDialect.Default;
        return request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
        {
            "" or "identity" => (Counted(request.Body, Math.Min(request.ContentLength ?? 0, share.Most)), ""),
            Gzip or "x-gzip" => (Counted(new GZipStream(request.Body, CompressionMode.Decompress), 0), ""),
            var other => (null, RefuseEncoding(request, other)),
        };

        // Of a body that says its length, nothing is read before there is room for all of it. One that is too large is refused by Kestrel.
        RowsBody Counted(Stream text, long length)
        {
            share.GrowTo(length);
            return new RowsBody(new CountedStream(text, share.GrowTo), format, dialect);
        }
    }

    /// <summary>All records of the body as one chunk, and the reason why the body cannot be read to its end, if so.</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than allowed, or cannot be decompressed.</exception>
    public async Task<(RecordChunk? Chunk, RecordChunk? Broken)> ReadAsync(CancellationToken cancellationToken)
    {
        RecordChunk? rows = null;
        try
        {
            await foreach (var chunk in RecordReader.ReadAsync(Format, Text, Dialect, ChunkLimits.None, cancellationToken))
            {
                if (chunk.Stopped is not null) return (rows, chunk);
                rows = chunk;
            }
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException($"The body says Content-Encoding: {Gzip} but cannot be decompressed: {e.Message}", e);
        }

        return (rows, null);
    }

    private static string? Parameter(MediaTypeHeaderValue type, string name)
    {
        var value = type.Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
        return value is ['"', .., '"'] ? value[1..^1].Replace("\\", "", StringComparison.Ordinal) : value;
    }

    private static string RefuseEncoding(HttpRequest request, string encoding)
    {
        // RFC 9110, 15.5.16: a 415 about the encoding lists the supported ones.
        request.HttpContext.Response.Headers.AcceptEncoding = Gzip;
        return $"The body's Content-Encoding is '{encoding}'; expected {Gzip}, or none.";
    }
}
