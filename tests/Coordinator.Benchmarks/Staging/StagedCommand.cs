using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Coordinator.Client;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Storage;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.Benchmarks.Staging;

/// <summary>Writes millions of rows through the SDK, a silo with limited memory, staged files and COPY, and compares this with a plain
/// COPY.</summary>
internal static class StagedCommand
{
    private const string Table = "events";
    private const int BlockRows = 10_000;

    // Enough for two full batches: one commits while the other fills.
    private const int Callers = 128;

    public static Command Create()
    {
        var rows = new Option<long>("--rows")
        {
            Description = "How many rows, of about 100 bytes as text.",
            DefaultValueFactory = static _ => 10_000_000
        };
        var memory = new Option<int>("--silo-megabytes")
        {
            Description = "The most managed memory that the silo gets; it dies if it needs more.",
            DefaultValueFactory = static _ => 512
        };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("staged",
            "Rows per second through files in S3 and COPY, on the Redshift simulator, beside PostgreSQL's plain COPY.") { rows, memory, json };
        command.SetAction(async (parsed, ct) =>
        {
            var report = await RunAsync(parsed.GetValue(rows), parsed.GetValue(memory), ct);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else foreach (var line in report.Lines) Console.WriteLine(line);
            return report.IsComplete ? 0 : 1;
        });
        return command;
    }

    private static async Task<StagedReport> RunAsync(long rows, int megabytes, CancellationToken ct)
    {
        await using var postgres = await PostgresServer.StartAsync("max_wal_size=8GB");
        var database = await postgres.CreateDatabaseAsync(ct);
        await Console.Error.WriteLineAsync("plain COPY …");
        var (plain, bytes) = await PlainCopy.RunAsync(database, rows, ct);
        await using var behind = NpgsqlDataSource.Create(database);
        await ExecuteAsync(behind, $"DROP TABLE plain; CREATE TABLE {Table} ({NarrowRows.Columns})", ct);
        await ExecuteAsync(behind, "CHECKPOINT", ct);

        await using var store = ObjectStore.Start();
        await using var redshift = RedshiftServer.Start(
            new SimulatorOptions
            {
                Upstream = database,
                S3Folder = store.Folder,
                Isolation = Coordinator.RedshiftSimulator.IsolationLevel.Snapshot,
                ConcurrentCommits = 4
            });
        await using var silo = await SiloProcess.StartAsync(
            new Dictionary<string, string?>
            {
                ["Coordinator:Warehouse:Provider"] = "Redshift",
                ["Coordinator:Warehouse:ConnectionString"] = redshift.ConnectionString(database),
                ["Coordinator:Warehouse:Redshift:Staging:Bucket"] = "staging",
                ["Coordinator:Warehouse:Redshift:Staging:Endpoint"] = store.Url,
                ["Coordinator:Warehouse:Redshift:Staging:AccessKeyId"] = "AKIDEXAMPLE",
                ["Coordinator:Warehouse:Redshift:Staging:SecretAccessKey"] = "secret",
                // Batches are always full. A flush interval would only delay the last batch.
                ["Coordinator:Grains:Queue:FlushInterval"] = "00:00:00",
                ["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"{megabytes * 1024L * 1024:X}"),
            },
            ct);
        var seconds = await WriteAsync(silo, rows, ct);
        await using var count = behind.CreateCommand($"SELECT count(*) = {rows} AND count(DISTINCT id) = {rows} FROM {Table}");
        return new StagedReport(
            rows, bytes, plain, rows / seconds, redshift.Log.Count(static sql => sql.StartsWith("COPY ", StringComparison.Ordinal)), megabytes,
            PeakMegabytes(silo.Process.Id),
            (bool)(await count.ExecuteScalarAsync(ct))! && redshift.Refused.Count == 0);
    }

    private static async Task<double> WriteAsync(SiloProcess silo, long rows, CancellationToken ct)
    {
        using var host = await silo.ConnectAsync();
        var client = host.Services.GetRequiredService<ICoordinatorClient>();
        var table = TableName.Parse(Table);
        var clock = Stopwatch.StartNew();
        var next = 0L;
        var written = 0L;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(
            async () =>
            {
                for (var first = Take(); first < rows; first = Take())
                {
                    var receipt = await client.InsertAsync(
                        table, NarrowRows.Of(first, (int)Math.Min(BlockRows, rows - first)), cancellationToken: ct);
                    receipt.EnsureNotRejected();
                    if (Interlocked.Add(ref written, receipt.Rows) % 1_000_000 == 0)
                        await Console.Error.WriteLineAsync(
                            string.Create(CultureInfo.InvariantCulture,
                            $"{Interlocked.Read(ref written):#,0} rows after {clock.Elapsed.TotalSeconds:0.0} s"));
                }
            },
            ct)));
        return clock.Elapsed.TotalSeconds;

        long Take() => Interlocked.Add(ref next, BlockRows) - BlockRows;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static long PeakMegabytes(int pid)
    {
        const string Peak = "VmHWM:";
        var line = File.ReadLines($"/proc/{pid}/status").First(static line => line.StartsWith(Peak, StringComparison.Ordinal));
        return long.Parse(line[Peak.Length..^"kB".Length], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture) / 1024;
    }
}
