using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Placement;

namespace Coordinator.IntegrationTests.Clustering;

/// <summary>An update keeps its tables when the silo that granted them ends.</summary>
public sealed class ReservationTests
{
    private const string Ddl = "CREATE TABLE a (n bigint); CREATE SEQUENCE runs";

    private static readonly TableName A = TableName.Parse("a");
    private static readonly RowSchema Schema = new(("n", ColumnType.Int64));

    [Fact]
    public async Task A_table_that_moves_honours_the_update_that_holds_it()
    {
        await using var cluster = await SiloCluster.StartAsync("Postgres", silos: 0, Ddl);
        await cluster.Memcached.GrowOldAsync("coordinator");
        await cluster.AddSiloAsync();
        await cluster.AddSiloAsync();
        var host = await cluster.ConnectAsync();
        await Eventually.TrueAsync("two silos are active", async _ => await SiloCluster.CountActiveAsync(host) == 2);
        var client = host.Services.GetRequiredService<ICoordinatorClient>();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var (home, other) = (cluster.Silos[0], cluster.Silos[1]);

        await Eventually.TrueAsync("the table's first activation has its lock", async _ => await IsPlacedAsync(grains, home));
        await InsertAsync(client, 1);
        var update = new UpdateRequest { Sql = "INSERT INTO a SELECT nextval('runs') + 100; SELECT pg_sleep(10)", Writes = [A] };
        var id = new IntentId(Guid.NewGuid(), 0);
        var intent = new UpdateIntent { Id = id, Sql = update.Sql, Writes = update.Writes };
        var placing = PlaceAsync(grains, other, () => grains.GetGrain<IUpdateGrain>(id.ToString()).RunAsync(intent));
        await Eventually.TrueAsync("the SQL runs", async _ => await cluster.ScalarAsync<bool>("SELECT is_called FROM runs"));
        await AssertLivesAsync(grains, A.ToString(), home);
        await AssertLivesAsync(grains, id.ToString(), other);

        var stopping = home.StopAsync();
        var inserting = InsertAsync(client, 2);
        await placing;
        // The stopping silo may be the gateway of the answer. The SDK then asks again, and hears that the id is committed.
        Assert.True((await client.UpdateAsync(update, new WriteOptions { Id = id })).IsCommitted);
        Assert.Equal(WriteStatus.Committed, (await inserting).Status);
        await stopping;
        // A sequence also counts runs that were rolled back: the update ran once, and the insert came after it.
        var runs = await cluster.ScalarAsync<long>("SELECT last_value FROM runs");
        Assert.True(runs == 1, $"The update ran {runs} times. Its silo said:\n{other.Process.Output}");
        Assert.Equal("1,101,2", await cluster.ScalarAsync<string>("SELECT string_agg(n::text, ',' ORDER BY ctid) FROM a"));
    }

    /// <summary>Calls a grain that has no activation yet, so that it is activated on this silo.</summary>
    private static async Task PlaceAsync(IGrainFactory grains, SiloProcess silo, Func<Task> call)
    {
        var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        RequestContext.Set(IPlacementDirector.PlacementHintKey, hosts.Keys.Single(h => h.Endpoint.Port == silo.SiloPort));
        var calling = call();
        RequestContext.Clear();
        await calling;
    }

    private static async Task<bool> IsPlacedAsync(IGrainFactory grains, SiloProcess silo)
    {
        try
        {
            await PlaceAsync(grains, silo, () => grains.GetGrain<ITableGrain>(A.ToString()).FindAsync(default));
            return true;
        }
        catch (TableLockedException)
        {
            return false;
        }
    }

    private static async Task AssertLivesAsync(IGrainFactory grains, string key, SiloProcess silo)
    {
        var all = await grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        Assert.Equal(silo.SiloPort, all.Single(g => g.GrainId.Key.ToString() == key).SiloAddress.Endpoint.Port);
    }

    private static Task<WriteReceipt> InsertAsync(ICoordinatorClient client, long n)
    {
        var rows = new RowBlockBuilder(Schema);
        rows[0].Append(n);
        return client.InsertAsync(A, rows.Build());
    }
}
