using Coordinator.Client;
using Coordinator.Grains;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>Orleans deactivates a table grain while an update holds the table and others wait for it, as after the loss of a silo's part of the
/// directory.</summary>
public sealed class EndingTableTests
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
        var update = client.UpdateAsync(
            new UpdateRequest { Sql = "INSERT INTO events SELECT -nextval('tries'); SELECT pg_sleep(7)", Writes = [Events] });
        await Eventually.TrueAsync("the update runs", async _ =>
            await deployment.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 1);
        var insert = InsertAsync(client, 2);

        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ITableGrain>(Events.ToString()).AsReference<IGrainManagementExtension>()
            .DeactivateOnIdle();

        Assert.Equal(WriteStatus.Committed, (await update.WaitAsync(Deadline)).Status);
        Assert.True((await insert.WaitAsync(Deadline)).IsCommitted);
        Assert.True((await insert).CommittedAt > (await update).CommittedAt, "the insert did not pass the update");
        Assert.Equal((3L, 1L),
            (await deployment.ScalarAsync<long>("SELECT count(*) FROM events"), await deployment.ScalarAsync<long>("SELECT last_value FROM tries")));
    }

    private static Task<WriteReceipt> InsertAsync(ICoordinatorClient client, long id)
    {
        var rows = new RowBlockBuilder(Schema);
        rows[0].Append(id);
        return client.InsertAsync(Events, rows.Build());
    }
}
