using System.Text.Json;
using Coordinator.Client;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>Updates that only read a table hold it together, as the ledgers prove.</summary>
public sealed class SharedReservationTests
{
    private static readonly TableName B = TableName.Parse("b");
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64));

    // A lock of PostgreSQL's that the test holds until everything waits that is to wait.
    private const int Gate = 17;
    private static readonly string PassGate = $"SELECT pg_advisory_xact_lock_shared({Gate})";

    [Fact]
    public async Task Two_jobs_that_read_a_table_overlap_and_an_insert_into_it_waits_for_both_and_for_no_other()
    {
        await using var deployment = await Deployment.StartAsync(
            "CREATE TABLE a (id bigint); CREATE TABLE b (id bigint); CREATE TABLE c (id bigint); CREATE TABLE d (id bigint)");
        var client = await deployment.ConnectAsync();
        await InsertAsync(client, 1);

        await using var gate = await deployment.Database.OpenConnectionAsync();
        await ExecuteAsync(gate, $"SELECT pg_advisory_lock({Gate})");
        var first = CopyAsync(client, "a", PassGate);
        await Eventually.TrueAsync("the first job runs", async _ => await AtGateAsync(deployment) == 1);
        var second = CopyAsync(client, "c", PassGate);
        await Eventually.TrueAsync("the second job runs beside it", async _ => await AtGateAsync(deployment) == 2);
        var insert = InsertAsync(client, 2);
        await Eventually.TrueAsync("the insert waits", async _ => await WaitingAsync(deployment) == 1);
        // Queued after the insert. It must not overtake it, though it could share the table.
        var third = CopyAsync(client, "d", "SELECT 1");
        await ExecuteAsync(gate, $"SELECT pg_advisory_unlock({Gate})");

        await Task.WhenAll(first, second, insert, third);
        var a = await IntervalAsync(deployment, "a", (await first).Id);
        var c = await IntervalAsync(deployment, "c", (await second).Id);
        var b = await IntervalAsync(deployment, "b", (await insert).Id);
        var d = await IntervalAsync(deployment, "d", (await third).Id);

        Assert.True(a.Started < c.Ended && c.Started < a.Ended, $"the two jobs overlap: {a} and {c}");
        Assert.True(b.Started > a.Ended && b.Started > c.Ended, $"the insert {b} comes after both, {a} and {c}");
        Assert.True(d.Started > b.Ended, $"the job that came after the insert, {d}, runs after it, {b}");
        // The insert's turn came when the second job released the table. A reservation that is not released ends with its lease, and the silo
        // logs that.
        Assert.DoesNotContain("its turn is revoked", deployment.Silo.Process.Output, StringComparison.Ordinal);
        Assert.Equal((1, 1, 2), (await CountAsync(deployment, "a"), await CountAsync(deployment, "c"), await CountAsync(deployment, "d")));
    }

    private static async Task<WriteReceipt> InsertAsync(ICoordinatorClient client, long id)
    {
        var rows = new RowBlockBuilder(Schema);
        rows[0].Append(id);
        return await client.InsertAsync(B, rows.Build());
    }

    private static async Task<WriteReceipt> CopyAsync(ICoordinatorClient client, string table, string then) =>
        await client.UpdateAsync(new UpdateRequest
        {
            Sql = $"INSERT INTO {table} SELECT id FROM b; {then}",
            Writes = [TableName.Parse(table)],
            Reads = [B],
        });

    private static Task<long> AtGateAsync(Deployment deployment) =>
        deployment.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<int> WaitingAsync(Deployment deployment)
    {
        using var contention = JsonDocument.Parse(await deployment.Silo.Http.GetStringAsync("api/contention"));
        return contention.RootElement.GetProperty("tables").EnumerateArray().Single(static t => t.GetProperty("table").GetString() == "public.b")
            .GetProperty("queueDepth").GetInt32();
    }

    private static async Task<(DateTime Started, DateTime Ended)> IntervalAsync(Deployment deployment, string table, IntentId id)
    {
        await using var command = deployment.Database.CreateCommand(
            $"SELECT started_at, ended_at FROM coordinator.\"public.{table}\" WHERE origin = $1 AND $2 BETWEEN first_sequence AND last_sequence");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Origin });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id.Sequence });
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync(), $"{id} is in the ledger of {table}");
        return (reader.GetDateTime(0), reader.GetDateTime(1));
    }

    private static async Task<long> CountAsync(Deployment deployment, string table) =>
        await deployment.ScalarAsync<long>($"SELECT count(*) FROM {table}");
}
