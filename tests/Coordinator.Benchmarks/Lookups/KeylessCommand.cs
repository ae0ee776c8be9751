using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Coordinator.TestServers;

namespace Coordinator.Benchmarks.Lookups;

/// <summary>Inserts over HTTP without keys, and counts the ledger's rows: intents that commit together share one.</summary>
internal static class KeylessCommand
{
    public static Command Create()
    {
        var intents = new Option<int>("--intents") { Description = "Requests, of one row each.", DefaultValueFactory = static _ => 1_000_000 };
        var callers = new Option<int>("--callers")
        {
            Description = "Requests at the same time: a row of the ledger is a transaction, which takes all that wait.",
            DefaultValueFactory = static _ => 1_024,
        };
        var command = new Command("keyless", "Rows of the ledger after inserts over HTTP without Idempotency-Key; fails at 2 % of the intents.")
        {
            intents, callers,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var count = parsed.GetValue(intents);
            var began = Stopwatch.GetTimestamp();
            var (rows, ledger, transactions) = await RunAsync(count, parsed.GetValue(callers), ct);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} intents in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s: {rows} rows, {ledger} rows of the ledger in {transactions} "
                + $"transactions"));
            return rows == count && ledger < count / 50 ? 0 : 1;
        });
        return command;
    }

    private static async Task<(long Rows, long Ledger, long Transactions)> RunAsync(int count, int callers, CancellationToken ct)
    {
        await using var servers = await OneSilo.StartAsync("CREATE TABLE events (id bigint)", ct);
        var (warehouse, silo) = (servers.Warehouse, servers.Silo);
        await using var host = await ClientHostProcess.ServeAsync(silo.ClientSettings, ct);
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var id && id <= count)
            {
                using var answer = await host.Http.PostAsJsonAsync(new Uri("v1/tables/events/rows", UriKind.Relative), new { id }, ct);
                answer.EnsureSuccessStatusCode();
            }
        }));
        return (
            await CountAsync("SELECT count(DISTINCT id) FROM events"), await CountAsync("SELECT count(*) FROM coordinator.\"public.events\""),
            await CountAsync("SELECT count(DISTINCT batch_id) FROM coordinator.\"public.events\""));

        async Task<long> CountAsync(string sql)
        {
            await using var command = warehouse.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync(ct))!;
        }
    }
}
