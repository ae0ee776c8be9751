using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Warehouse.Redshift.Staging;
using Parquet;
using Parquet.Schema;

namespace Coordinator.Benchmarks.Staging;

/// <summary>Compares formats for staged files: compressed CSV and Parquet, with the same rows in files of the same number of rows.</summary>
internal static class StagingFormatsCommand
{
    private const int BlockRows = 10_000;
    private const int RowsPerFile = 80_000;

    public static Command Create()
    {
        var rows = new Option<int>("--rows") { Description = "How many rows.", DefaultValueFactory = static _ => 800_000 };
        var command = new Command("staging-formats", "Rows per second of processor, and bytes per row, of CSV and Parquet files.") { rows };
        command.SetAction(async (parsed, _) =>
        {
            var intents = Enumerable.Range(0, parsed.GetValue(rows) / BlockRows)
                .Select(static i => NarrowRows.IntentOf((long)i * BlockRows, BlockRows)).ToList();
            for (var round = 0; round < 2; round++)
            {
                // The first round warms up.
                await MeasureAsync("CSV, gzip", intents, Csv, round > 0);
                await MeasureAsync("Parquet, Snappy", intents, static files => ParquetAsync(files, CompressionMethod.Snappy), round > 0);
                await MeasureAsync("Parquet, gzip", intents, static files => ParquetAsync(files, CompressionMethod.Gzip), round > 0);
            }
        });
        return command;
    }

    private static async Task MeasureAsync(string name, List<InsertIntent> intents, Func<InsertIntent[], Task<long>> encode, bool isShown)
    {
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var before = process.TotalProcessorTime;
        var bytes = 0L;
        foreach (var files in intents.Chunk(RowsPerFile / BlockRows)) bytes += await encode(files);
        process.Refresh();
        var seconds = (process.TotalProcessorTime - before).TotalSeconds;
        var rows = intents.Sum(static intent => (long)intent.Rows.RowCount);
        if (isShown)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-16} {rows / seconds,12:#,0} rows/s of one core {(double)bytes / rows,8:0.0} bytes/row"));
    }

    private static Task<long> Csv(InsertIntent[] intents)
    {
        WarehouseType[] types = [WarehouseType.Int64, WarehouseType.Text, WarehouseType.Text, WarehouseType.Float64, WarehouseType.TimestampTz];
        using var file = FileRows.Divide(intents.Select(static intent => intent.Rows), int.MaxValue).Single().Encode(types, "null").Content;
        return Task.FromResult(file.Length);
    }

    private static async Task<long> ParquetAsync(InsertIntent[] intents, CompressionMethod compression)
    {
        var (id, kind, session) = (new DataField<long>("id"), new DataField<string>("kind"), new DataField<string>("session"));
        var (value, at) = (new DataField<double>("value"), new DateTimeDataField("at", DateTimeFormat.DateAndTimeMicros, isAdjustedToUTC: true));
        using var file = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(id, kind, session, value, at), file, new ParquetOptions { CompressionMethod = compression }))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<long>(id, Values(intents, 0, static (column, row) => column.Int64(row)));
            await group.WriteAsync(kind, Values(intents, 1, static (column, row) => column.Text(row)));
            await group.WriteAsync(session, Values(intents, 2, static (column, row) => column.Text(row)));
            await group.WriteAsync<double>(value, Values(intents, 3, static (column, row) => column.Double(row)));
            await group.WriteAsync<DateTime>(at, Values(intents, 4, static (column, row) => column.TimestampTz(row)));
        }

        return file.Length;
    }

    private static T[] Values<T>(InsertIntent[] intents, int index, Func<Column, int, T> read) =>
        [.. intents.SelectMany(intent => Enumerable.Range(0, intent.Rows.RowCount).Select(row => read(intent.Rows.Column(index), row)))];
}
