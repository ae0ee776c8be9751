using System.Globalization;
using System.Text.Json;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>Invariant 7: the hot path makes no memcached round trip and no warehouse query per intent. Counted by the servers themselves.</summary>
public sealed class HotPathTests
{
    private const int Intents = 4000;
    private const int Callers = 400;

    private static readonly TableName Table = TableName.Parse("events");
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64), ("kind", ColumnType.Text));

    [Fact]
    public async Task An_intent_into_a_warm_table_costs_no_memcached_round_trip_and_no_query_of_its_own()
    {
        await using var deployment = await Deployment.StartAsync(
            "CREATE EXTENSION pg_stat_statements; CREATE TABLE events (id bigint NOT NULL, kind text)",
            ["shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_utility=on"],
            // No renewal is due during the test, so all memcached requests come from the hot path.
            ("Coordinator:Locking:Ttl", "01:00:00"));
        var client = await deployment.ConnectAsync();
        await client.InsertAsync(Table, Row(-1));

        var before = await MemcachedCommandsAsync(deployment);
        var batchesBefore = await BatchesAsync(deployment);
        await deployment.ExecuteAsync("SELECT pg_stat_statements_reset()");

        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Intents;)
                Assert.Equal(WriteStatus.Committed, (await client.InsertAsync(Table, Row(i))).Status);
        }));

        var batches = await BatchesAsync(deployment) - batchesBefore;
        // PostgreSQL 15 counts a prepared SET LOCAL or LOCK only at its first execution. A transaction has six SET LOCAL and one LOCK, in one
        // message with the fence.
        var statements = await deployment.ScalarAsync<decimal>(
            "SELECT sum(calls) FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%' AND query NOT LIKE 'SET LOCAL%' AND query NOT "
                + "LIKE 'LOCK TABLE%'");
        var commands = await MemcachedCommandsAsync(deployment) - before;
        var rows = await deployment.ScalarAsync<long>("SELECT count(*) FROM events WHERE id >= 0");

        Assert.Equal(Intents, rows);
        Assert.Equal(0, commands);
        // Group commit: at least ten intents per transaction here, and the number of statements per transaction does not depend on the number
        // of intents.
        Assert.InRange(batches, 1, Intents / 10);
        Assert.Equal(0, statements % batches);
        // BEGIN, fence, ledger check, the table's fingerprint, rows, ledger, COMMIT.
        Assert.InRange(statements / batches, 1, 7);
    }

    private static RowBlock Row(int id)
    {
        var builder = new RowBlockBuilder(Schema);
        builder[0].Append((long)id);
        builder[1].Append("click");
        return builder.Build();
    }

    private static async Task<long> MemcachedCommandsAsync(Deployment deployment)
    {
        var stats = await deployment.Memcached.StatsAsync();
        return new[] { "cmd_get", "cmd_set", "cmd_touch", "cmd_meta", "delete_hits", "delete_misses" }
            .Sum(name => long.Parse(stats[name], CultureInfo.InvariantCulture));
    }

    private static async Task<long> BatchesAsync(Deployment deployment)
    {
        using var contention = JsonDocument.Parse(await deployment.Silo.Http.GetStringAsync("api/contention"));
        var tables = contention.RootElement.GetProperty("tables");
        return tables.EnumerateArray().Single(static t => t.GetProperty("table").GetString() == "public.events").GetProperty("batches").GetInt64();
    }
}
