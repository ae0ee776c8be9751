namespace Coordinator.Files.Records;

/// <summary>Names of formats: extensions and media types.</summary>
internal static class RowFormats
{
    public const string NdjsonMediaType = "application/x-ndjson";
    public const string JsonMediaType = "application/json";
    public const string CsvMediaType = "text/csv";

    /// <summary>The format for a file's extension, compressed or not, or null.</summary>
    public static RowFormat? OfExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".ndjson" or ".jsonl" => RowFormat.Ndjson,
        ".json" => RowFormat.Json,
        ".csv" or ".tsv" => RowFormat.Csv,
        ".gz" => OfExtension(path[..^3]),
        _ => null,
    };

    /// <summary>The format for a media type, or null.</summary>
    public static RowFormat? OfMediaType(string? mediaType) => mediaType?.ToLowerInvariant() switch
    {
        NdjsonMediaType or "application/ndjson" or "application/jsonl" => RowFormat.Ndjson,
        JsonMediaType => RowFormat.Json,
        CsvMediaType => RowFormat.Csv,
        _ => null,
    };
}
