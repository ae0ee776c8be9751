using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: what each deployment lets its users read.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftDeploymentTests(PostgresFixture fixture) : RedshiftTestBase(fixture)
{
    [Theory]
    [InlineData(RedshiftDeployment.Serverless)]
    [InlineData(RedshiftDeployment.MultiAz)]
    public async Task Inserts_commit_and_a_frozen_predecessor_is_ended(RedshiftDeployment deployment)
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot, options => options with { Deployment = deployment });
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        await warehouse.CheckAsync(default);
        var schema = await warehouse.OpenAsync(Events, default);
        await using var frozen = new NpgsqlConnection(redshift.ConnectionString + ";Pooling=false");
        await frozen.OpenAsync();
        await ExecuteAsync(frozen, "BEGIN; UPDATE coordinator.\"public.events#fence\" SET activation = 'frozen'");
        await Eventually.TrueAsync("the frozen transaction is ended", async _ =>
            await Record.ExceptionAsync(() => warehouse.CommitAsync(Batch(schema, 1, 3), default)) is null);
        Assert.Equal(3L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
        // The view that was refused is not asked again.
        Assert.Single(redshift.Server.Refused, static refused => refused.Contains("stv_inflight", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Updates_find_their_tables_and_run()
    {
        await using var redshift = await StartAsync(
            IsolationLevel.Snapshot, static options => options with { Deployment = RedshiftDeployment.MultiAz });
        await redshift.RunBehindAsync("CREATE TABLE totals (n bigint)");
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var found = Assert.Single(await warehouse.FindTablesAsync("INSERT INTO totals SELECT count(*) FROM events", default));
        Assert.Equal(["public.totals"], found.Writes.Select(static table => table.ToString()));
        Assert.Equal(["public.events"], found.Reads.Select(static table => table.ToString()));
    }
}
