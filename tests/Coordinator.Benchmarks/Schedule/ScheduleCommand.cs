using System.CommandLine;
using System.Text.Json;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Benchmarks.Schedule;

/// <summary>Several client-hosts with the same one-second schedule: each tick runs once or is coalesced, even if a host is killed.</summary>
internal static class ScheduleCommand
{
    // Takes longer than a tick, so that ticks find a queued run.
    private const string Block = "INSERT INTO blocked VALUES (now()); SELECT pg_sleep(2.5)";

    private static readonly TimeSpan BlockPeriod = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long the schedule is kept.", DefaultValueFactory = _ => 60 };
        var hosts = new Option<int>("--hosts") { Description = "Client-hosts that keep it.", DefaultValueFactory = _ => 3 };
        var kill = new Option<bool>("--kill") { Description = "Kill one of them half-way." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("schedule",
            "Client-hosts with the same schedule of every second; exits with 1 if a tick was lost or doubled.") { seconds, hosts, kill, json };
        command.SetAction(async (parsed, ct) =>
        {
            var report = await RunAsync(parsed.GetValue(seconds), parsed.GetValue(hosts), parsed.GetValue(kill), ct);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else foreach (var line in report.Lines) Console.WriteLine(line);
            return report.IsExact ? 0 : 1;
        });
        return command;
    }

    private static async Task<ScheduleReport> RunAsync(int seconds, int count, bool kill, CancellationToken ct)
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var memcached = await MemcachedServer.StartAsync();
        await memcached.GrowOldAsync("coordinator");
        var database = await postgres.CreateDatabaseAsync(ct);
        await using var warehouse = NpgsqlDataSource.Create(database);
        var evidence = new ScheduleEvidence(warehouse);
        await evidence.CreateTablesAsync(ct);
        await using var silo = await SiloProcess.StartAsync(
            new Dictionary<string, string?>
            {
                ["Coordinator:Warehouse:Provider"] = "Postgres",
                ["Coordinator:Warehouse:ConnectionString"] = database,
                ["Coordinator:Locking:Memcached:Servers"] = memcached.Endpoint,
            },
            ct);
        var hosts = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => ClientHostProcess.ServeAsync([.. silo.ClientSettings, .. Jobs()], ct)));
        try
        {
            // The last host is never killed.
            var survivor = hosts[^1];
            var from = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 2;
            var to = from + seconds;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var blocking = BlockAsync(survivor.Http, over.Token);
            await UntilAsync(from + seconds / 2, ct);
            if (kill && count > 1) await hosts[0].Process.KillAsync();
            await UntilAsync(to, ct);
            await over.CancelAsync();
            await blocking;
            await Eventually.TrueAsync("the last tick is done", async token =>
                (await evidence.RowsAsync(token)).Any(row => row.Last >= to), TimeSpan.FromMinutes(1), ct);
            return await evidence.ReportAsync(survivor.Http, count, kill && count > 1 ? 1 : 0, from, to, ct);
        }
        finally
        {
            foreach (var host in hosts) await host.DisposeAsync();
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Jobs() =>
    [
        new($"Coordinator:Jobs:{ScheduleEvidence.Job}:Sql", $"INSERT INTO {ScheduleEvidence.Table} VALUES (clock_timestamp())"),
        new($"Coordinator:Jobs:{ScheduleEvidence.Job}:Writes", ScheduleEvidence.Table),
        new($"Coordinator:Jobs:{ScheduleEvidence.Job}:Schedule", "* * * * * *"),
        new("Coordinator:Jobs:block:Sql", Block),
        new("Coordinator:Jobs:block:Writes", $"blocked,{ScheduleEvidence.Table}"),
    ];

    /// <summary>Occupies the job's table from time to time.</summary>
    private static async Task BlockAsync(HttpClient host, CancellationToken over)
    {
        using var timer = new PeriodicTimer(BlockPeriod, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                using var answer = await host.PostAsync(new Uri("v1/jobs/block/runs", UriKind.Relative), null, CancellationToken.None);
                answer.EnsureSuccessStatusCode();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private static async Task UntilAsync(long second, CancellationToken ct)
    {
        var wait = DateTimeOffset.FromUnixTimeSeconds(second) - TimeProvider.System.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System, ct);
    }
}
