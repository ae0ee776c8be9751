namespace Coordinator.Files.Records;

/// <summary>Splits files and bodies into chunks of records. Reads only as far as the consumer needs.</summary>
internal static class RecordReader
{
    /// <summary>Reads a stream.</summary>
    /// <exception cref="Coordinator.Rows.InvalidRowsException">The CSV header has no usable column names.</exception>
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
