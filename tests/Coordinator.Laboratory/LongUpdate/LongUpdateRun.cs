using System.Globalization;
using System.Text.Json;
using Coordinator.Client;
using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Laboratory.Cluster;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Laboratory.LongUpdate;

/// <summary>Three silos, an update on two tables whose grains are on one silo, and the restart of a silo that runs neither the grains nor the
/// update.</summary>
internal sealed class LongUpdateRun(TimeSpan length, bool isKill, Action<string> report)
{
    // With four tables on three silos, at least two tables are on one silo.
    private const int Tables = 4;
    private const int Silos = 3;

    private static readonly RowSchema Schema = new(("id", ColumnType.Int64));
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _clock = TimeProvider.System;

    public async Task<LongUpdateReport> RunAsync(CancellationToken ct)
    {
        var ddl = string.Concat(Enumerable.Range(0, Tables).Select(t => $"CREATE TABLE {Name(t)} (id bigint);")) + "CREATE SEQUENCE tries;";
        await using var cluster = await LoopbackCluster.StartAsync(Silos, ddl);
        var host = await LabClient.ConnectAsync(cluster.ClientSettings);
        await using var _ = ((IAsyncDisposable)host).ConfigureAwait(false);
        var client = host.Coordinator();
        for (var t = 0; t < Tables; t++) await InsertAsync(client, Name(t), t);

        var homes = await HomesAsync(cluster);
        var shared = homes.GroupBy(static h => h.Value).First(static g => g.Count() > 1);
        var (written, read) = (shared.First().Key, shared.Skip(1).First().Key);
        var others = homes.Keys.Where(t => t != written && t != read).ToList();

        // A sequence counts all tries, including those that were rolled back.
        var seconds = length.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var request = new UpdateRequest
        {
            Sql = $"INSERT INTO {written} SELECT -nextval('tries') FROM (SELECT count(*) FROM {read}) AS seen; SELECT pg_sleep({seconds})",
            Writes = [TableName.Parse(written)],
            Reads = [TableName.Parse(read)],
        };
        var id = IntentId.FromKey("long-update");
        var started = _clock.GetTimestamp();
        var updating = client.UpdateAsync(request, new WriteOptions { Id = id, Timeout = length + TimeSpan.FromMinutes(5) }, ct);
        var runner = await RunnerAsync(cluster, ct);
        var restarted = cluster.Nodes.First(n => n.Name != runner && n.Name != shared.Key);
        report($"{written} and {read} are on {shared.Key}, the update is on {runner}; {restarted.Name} is {(isKill ? "killed" : "stopped")} and "
            + $"started again");

        var late = InsertAsync(client, read, Tables);
        var inserting = InsertUntilAsync(client, others, updating);
        if (isKill) await restarted.KillAsync();
        await restarted.RestartAsync();
        report($"{restarted.Name} is back after {_clock.GetElapsedTime(started).TotalSeconds:0.0} s");
        var receipt = await updating;
        var took = _clock.GetElapsedTime(started);
        return new LongUpdateReport(
            receipt.Status.ToString(),
            took.TotalSeconds,
            receipt.Ran.TotalSeconds,
            await ScalarAsync(cluster.Evidence, "SELECT last_value FROM tries"),
            await ScalarAsync(cluster.Evidence, $"SELECT count(*) FROM {LedgerNames.Ledger(TableName.Parse(written))} WHERE origin = '{id.Origin}'"),
            await ScalarAsync(cluster.Evidence, $"SELECT count(*) FROM {written} WHERE id < 0"),
            restarted.Name,
            await inserting,
            (await late).CommittedAt < receipt.CommittedAt);
    }

    private static string Name(int table) => FormattableString.Invariant($"public.t{table}");

    private static async Task<WriteReceipt> InsertAsync(ICoordinatorClient client, string table, long id)
    {
        var rows = new RowBlockBuilder(Schema);
        rows[0].Append(id);
        return (await client.InsertAsync(TableName.Parse(table), rows.Build())).EnsureNotRejected();
    }

    private async Task<long> InsertUntilAsync(ICoordinatorClient client, List<string> tables, Task end)
    {
        var count = 0L;
        for (; !end.IsCompleted; count++)
        {
            await InsertAsync(client, tables[(int)(count % tables.Count)], Tables + count);
            await Task.WhenAny(end, Task.Delay(Pace, _clock));
        }

        return count;
    }

    /// <summary>The silo of each table's grain.</summary>
    private static async Task<Dictionary<string, string>> HomesAsync(LoopbackCluster cluster)
    {
        using var http = new HttpClient();
        using var contention = JsonDocument.Parse(await http.GetStringAsync(new Uri(cluster.Nodes[0].Url, "api/contention")));
        return contention.RootElement.GetProperty("tables").EnumerateArray()
            .ToDictionary(static t => t.GetProperty("table").GetString()!, static t => t.GetProperty("silo").GetString()!);
    }

    /// <summary>The silo whose session runs the update's SQL.</summary>
    private static async Task<string> RunnerAsync(LoopbackCluster cluster, CancellationToken ct)
    {
        const string Prefix = "coordinator/";
        string? name = null;
        await Eventually.TrueAsync(
            "the update runs",
            async _ =>
            {
                await using var command = cluster.Evidence.CreateCommand(
                    "SELECT application_name FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
                name = (string?)await command.ExecuteScalarAsync(ct);
                return name is not null;
            },
            ct: ct);
        return name![Prefix.Length..];
    }

    private static async Task<long> ScalarAsync(NpgsqlDataSource warehouse, string sql)
    {
        await using var command = warehouse.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
