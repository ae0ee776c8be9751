using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coordinator.Client;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.Benchmarks.Poison;

/// <summary>Good rows per second beside rows that a CHECK refuses, compared with none of them in the same run.</summary>
internal static class PoisonCommand
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TableName Table = TableName.Parse("events");
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64));

    public static Command Create()
    {
        var callers = new Option<int>("--callers") { Description = "Callers, each with one row under way.", DefaultValueFactory = static _ => 1000 };
        var percent = new Option<int>("--percent") { Description = "Rows that are refused, in percent.", DefaultValueFactory = static _ => 1 };
        var seconds = new Option<int>("--seconds") { Description = "How long each phase is measured.", DefaultValueFactory = static _ => 8 };
        var rounds = new Option<int>("--rounds") { Description = "How often all phases are measured, in turn.", DefaultValueFactory = static _ => 3 };
        var command = new Command("poison", "Good rows per second beside rows that violate a CHECK, and without them; checks every answer.")
        {
            callers, percent, seconds, rounds,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var isRight = await RunAsync(
                parsed.GetValue(callers), parsed.GetValue(percent), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds), ct);
            return isRight ? 0 : 1;
        });
        return command;
    }

    private static async Task<bool> RunAsync(int callers, int percent, TimeSpan duration, int rounds, CancellationToken ct)
    {
        await using var servers = await OneSilo.StartAsync("CREATE TABLE events (id bigint CHECK (id >= 0))", ct, "max_wal_size=8GB");
        var (warehouse, silo) = (servers.Warehouse, servers.Silo);
        using var host = await TestClient.ConnectAsync(
            [new("Coordinator:Silo:GatewayPort", silo.GatewayPort.ToString(CultureInfo.InvariantCulture))]);
        var client = host.Services.GetRequiredService<ICoordinatorClient>();
        var load = new PoisonLoad(client, callers, percent);
        var rates = Enum.GetValues<PoisonKind>().ToDictionary(static kind => kind, static _ => new List<double>());
        // The first round is not counted: the programs are being compiled.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var kind in Enum.GetValues<PoisonKind>())
            {
                await load.RunAsync(kind, WarmUp, ct);
                var (commitsBefore, rollbacksBefore) = await TransactionsAsync(warehouse, ct);
                var began = Stopwatch.GetTimestamp();
                var good = await load.RunAsync(kind, duration, ct);
                var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
                var (commits, rollbacks) = await TransactionsAsync(warehouse, ct);
                if (round > 0) rates[kind].Add(good / took);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind,-10} {good / took,8:F0} good rows/s, {(commits - commitsBefore) / took,6:F0} commits/s, "
                        + $"{(rollbacks - rollbacksBefore) / took,6:F0} rollbacks/s"));
            }
        }

        foreach (var kind in (PoisonKind[])[PoisonKind.AllCallers, PoisonKind.FewSources])
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{kind}: {rates[kind].Average() / rates[PoisonKind.None].Average():F2} of the rate without them"));
        }

        await using var count = warehouse.CreateCommand("SELECT count(*) FROM events");
        var rows = (long)(await count.ExecuteScalarAsync(ct))!;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{load.Good} good rows acknowledged, {rows} in the table; {load.Wrong} wrong answers"));
        await host.StopAsync(CancellationToken.None);
        return rows == load.Good && load.Wrong == 0;
    }

    private static async Task<(long Commits, long Rollbacks)> TransactionsAsync(NpgsqlDataSource warehouse, CancellationToken ct)
    {
        // The server's sessions report their counts once a second.
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, ct);
        await using var command = warehouse.CreateCommand(
            "SELECT xact_commit, xact_rollback FROM pg_stat_database WHERE datname = current_database()");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Callers that each send the next row when the last one is answered.</summary>
    private sealed class PoisonLoad(ICoordinatorClient client, int callers, int percent)
    {
        private long _good;
        private long _wrong;
        private long _next;

        /// <summary>The good rows that were acknowledged.</summary>
        public long Good => _good;

        /// <summary>Good rows that were rejected, and others that were not.</summary>
        public long Wrong => _wrong;

        /// <summary>Runs for a time, and returns how many good rows were acknowledged in it.</summary>
        public async Task<long> RunAsync(PoisonKind kind, TimeSpan duration, CancellationToken ct)
        {
            var before = _good;
            var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
            {
                var options = new WriteOptions { Source = kind == PoisonKind.FewSources ? $"caller {caller}" : "all" };
                while (Stopwatch.GetTimestamp() < end) await WriteAsync(IsBad(kind, caller), options, ct);
            }));
            return _good - before;
        }

        private bool IsBad(PoisonKind kind, int caller) => kind switch
        {
            PoisonKind.AllCallers => Interlocked.Increment(ref _next) % 100 < percent,
            PoisonKind.FewSources => caller % 100 < percent,
            _ => false,
        };

        private async Task WriteAsync(bool isBad, WriteOptions options, CancellationToken ct)
        {
            var rows = new RowBlockBuilder(Schema);
            rows[0].Append(isBad ? -1L : 1L);
            var receipt = await client.InsertAsync(Table, rows.Build(), options, ct);
            if (isBad != (receipt.Status == WriteStatus.Rejected)) Interlocked.Increment(ref _wrong);
            if (!isBad && receipt.Status == WriteStatus.Committed) Interlocked.Increment(ref _good);
        }
    }
}
