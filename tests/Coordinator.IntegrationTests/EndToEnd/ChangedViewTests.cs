using System.Text.Json;
using Coordinator.Client;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>The tables that an update touches may change while it waits for them.</summary>
public sealed class ChangedViewTests
{
    [Fact]
    public async Task An_update_whose_view_reads_another_table_by_the_time_of_its_turn_reserves_that_one()
    {
        await using var deployment = await Deployment.StartAsync(
            "CREATE TABLE a (id bigint); CREATE TABLE b (id bigint); CREATE TABLE target (n bigint); CREATE VIEW v AS SELECT id FROM a");
        var client = await deployment.ConnectAsync();
        var first = client.UpdateAsync(new UpdateRequest { Sql = "INSERT INTO target VALUES (0); SELECT pg_sleep(3)" });
        await Eventually.TrueAsync("the first update runs", async _ => await SleepingAsync(deployment, "3") == 1);
        var second = client.UpdateAsync(new UpdateRequest { Sql = "INSERT INTO target SELECT count(*) FROM v; SELECT pg_sleep(2)" });
        await Eventually.TrueAsync("the second update waits", async _ => await WaitingAsync(deployment) == 1);
        await deployment.ExecuteAsync("CREATE OR REPLACE VIEW v AS SELECT id FROM b");
        await Eventually.TrueAsync("the second update runs", async _ => await SleepingAsync(deployment, "2") == 1);
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        rows[0].Append(1L);
        var insert = await client.InsertAsync(TableName.Parse("b"), rows.Build());

        Assert.True((await first).IsCommitted && (await second).IsCommitted, "both updates are committed");
        Assert.True(insert.CommittedAt > (await second).CommittedAt,
            $"the insert into b at {insert.CommittedAt:O} waited for the update that reads it, of {(await second).CommittedAt:O}");
    }

    private static Task<long> SleepingAsync(Deployment deployment, string seconds) =>
        deployment.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%pg_sleep({seconds})%'");

    private static async Task<int> WaitingAsync(Deployment deployment)
    {
        using var contention = JsonDocument.Parse(await deployment.Silo.Http.GetStringAsync("api/contention"));
        return contention.RootElement.GetProperty("tables").EnumerateArray().Single(static t => t.GetProperty("table").GetString() == "public.target")
            .GetProperty("queueDepth").GetInt32();
    }
}
