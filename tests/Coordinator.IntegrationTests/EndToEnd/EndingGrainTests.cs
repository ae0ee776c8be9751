using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>Grains that Orleans ends while they work and others wait for them, as it does when a silo's part of the directory is lost.</summary>
public sealed class EndingGrainTests
{
    private static readonly TableName Events = TableName.Parse("events");
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64));
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_table_that_ends_while_calls_wait_for_it_moves_on_and_its_update_is_neither_lost_nor_begun_again()
    {
        await using var deployment = await Deployment.StartAsync("CREATE TABLE events (id bigint); CREATE SEQUENCE tries");
        var host = await deployment.ConnectHostAsync();
        var client = host.Services.GetRequiredService<ICoordinatorClient>();
        await InsertAsync(client, 1);
        var update = client.UpdateAsync(new UpdateRequest { Sql = "INSERT INTO events SELECT -nextval('tries'); SELECT pg_sleep(7)", Writes = [Events] });
        await Eventually.TrueAsync("the update runs", async _ => await deployment.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 1);
        var insert = InsertAsync(client, 2);

        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ITableGrain>(Events.ToString()).AsReference<IGrainManagementExtension>().DeactivateOnIdle();

        Assert.Equal(WriteStatus.Committed, (await update.WaitAsync(Deadline)).Status);
        Assert.True((await insert.WaitAsync(Deadline)).IsCommitted);
        Assert.True((await insert).CommittedAt > (await update).CommittedAt, "the insert did not pass the update");
        Assert.Equal((3L, 1L), (await deployment.ScalarAsync<long>("SELECT count(*) FROM events"), await deployment.ScalarAsync<long>("SELECT last_value FROM tries")));
    }

    [Fact]
    public async Task An_update_that_is_to_end_runs_on_and_its_sql_is_begun_once()
    {
        await using var deployment = await Deployment.StartAsync("CREATE TABLE events (id bigint); CREATE SEQUENCE tries");
        var host = await deployment.ConnectHostAsync();
        var id = IntentId.FromKey("long");
        var update = host.Services.GetRequiredService<ICoordinatorClient>().UpdateAsync(
            new UpdateRequest { Sql = "INSERT INTO events SELECT -nextval('tries'); SELECT pg_sleep(7)", Writes = [Events] }, new WriteOptions { Id = id });
        await Eventually.TrueAsync("the update runs", async _ => await deployment.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 1);

        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IUpdateGrain>(id.ToString()).AsReference<IGrainManagementExtension>().DeactivateOnIdle();

        Assert.True((await update.WaitAsync(Deadline)).IsCommitted);
        Assert.Equal((1L, 1L), (await deployment.ScalarAsync<long>("SELECT count(*) FROM events"), await deployment.ScalarAsync<long>("SELECT last_value FROM tries")));
    }

    [Fact]
    public async Task A_silo_that_stops_rolls_its_updates_back_and_does_not_wait_for_their_sql()
    {
        await using var deployment = await Deployment.StartAsync("CREATE TABLE events (id bigint)");
        var client = await deployment.ConnectAsync();
        var update = client.UpdateAsync(
            new UpdateRequest { Sql = "INSERT INTO events VALUES (1); SELECT pg_sleep(600)", Writes = [Events] }, new WriteOptions { Timeout = TimeSpan.FromSeconds(15) });
        await Eventually.TrueAsync("the update runs", async _ => await deployment.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 1);

        await deployment.Silo.StopAsync();

        Assert.Equal(0, deployment.Silo.Process.ExitCode);
        await Eventually.TrueAsync("the SQL is cancelled", async _ => await deployment.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 0);
        Assert.Equal(0L, await deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
        await Assert.ThrowsAnyAsync<CoordinatorException>(() => update);
    }

    private static Task<WriteReceipt> InsertAsync(ICoordinatorClient client, long id)
    {
        var rows = new RowBlockBuilder(Schema);
        rows[0].Append(id);
        return client.InsertAsync(Events, rows.Build());
    }
}
