namespace Coordinator.ClientHost.Rows;

/// <summary>Divides files and bodies into chunks of records, reading only as far as somebody takes them.</summary>
internal static class RecordReader
{
    /// <summary>Reads a stream.</summary>
    /// <exception cref="Errors.InvalidRowsException">A CSV header that names no usable columns.</exception>
    public static IAsyncEnumerable<RecordChunk> ReadAsync(
        RowFormat format, Stream stream, CsvDialect dialect, ChunkLimits limits, CancellationToken cancellationToken)
    {
        return format switch
        {
            RowFormat.Ndjson => NdjsonReader.ReadAsync(stream, limits, cancellationToken),
            RowFormat.Json => JsonArrayReader.ReadAsync(stream, limits, cancellationToken),
            RowFormat.Csv => CsvRecordReader.ReadAsync(stream, dialect, limits, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }
}
