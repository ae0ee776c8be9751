using System.Diagnostics;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using Coordinator.Warehouse.Redshift.Staging;
using Npgsql;

namespace Coordinator.Benchmarks.Staging;

/// <summary>The same rows as the same text, directly into PostgreSQL: one COPY over one connection.</summary>
internal static class PlainCopy
{
    private const int BlockRows = 10_000;

    /// <summary>Returns rows per second and the number of text bytes.</summary>
    public static async Task<(double RowsPerSecond, long Bytes)> RunAsync(string database, long rows, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using (var create = source.CreateCommand($"CREATE TABLE plain ({NarrowRows.Columns})")) await create.ExecuteNonQueryAsync(ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        var clock = Stopwatch.StartNew();
        var bytes = 0L;
        await using (var copy = await connection.BeginTextImportAsync("COPY plain FROM STDIN (FORMAT csv, NULL 'null')", ct))
        {
            var stream = ((StreamWriter)copy).BaseStream;
            using var encoder = new CsvEncoder(
                [WarehouseType.Int64, WarehouseType.Text, WarehouseType.Text, WarehouseType.Float64, WarehouseType.TimestampTz], "null");
            for (var first = 0L; first < rows; first += BlockRows)
                bytes += await WriteAsync(stream, encoder, NarrowRows.Of(first, (int)Math.Min(BlockRows, rows - first)), ct);
        }

        return (rows / clock.Elapsed.TotalSeconds, bytes);
    }

    private static async Task<long> WriteAsync(Stream stream, CsvEncoder encoder, RowBlock block, CancellationToken ct)
    {
        var bytes = 0L;
        for (var row = 0; row < block.RowCount;)
        {
            encoder.Clear();
            row = encoder.WriteRows(block, row, block.RowCount);
            bytes += encoder.Pending.Length;
            await stream.WriteAsync(encoder.Pending, ct);
        }

        return bytes;
    }
}
