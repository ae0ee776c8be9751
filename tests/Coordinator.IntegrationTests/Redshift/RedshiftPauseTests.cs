using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: a Serverless workgroup that pauses, and a catalog view that takes minutes.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftPauseTests(PostgresFixture fixture) : RedshiftTestBase(fixture)
{
    [Fact]
    public async Task A_workgroup_that_resumes_makes_a_commit_late()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot, static options => options with
        {
            Deployment = RedshiftDeployment.Serverless,
            Resume = TimeSpan.FromSeconds(2),
        });
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await warehouse.CommitAsync(Batch(schema, 1, 1), default);
        redshift.Server.Pause();
        // Nothing but the first statement of the transaction meets the pause, and that one has no limit of the fence's.
        await warehouse.CommitAsync(Batch(schema, 2, 1), default);
        Assert.Equal(2L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task A_statement_that_resuming_cancels_is_no_overlap_and_the_next_try_commits()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot, static options => options with
        {
            Deployment = RedshiftDeployment.Serverless,
            ResumeCancels = true,
        });
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await warehouse.CommitAsync(Batch(schema, 1, 1), default);
        redshift.Server.Pause();
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.CommitAsync(Batch(schema, 2, 1), default));
        Assert.Equal((FailureKind.Unavailable, false), (failure.Kind, failure.IsOverlap));
        await warehouse.CommitAsync(Batch(schema, 2, 1), default);
        Assert.Equal(2L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task A_view_of_all_tables_that_takes_minutes_is_never_asked()
    {
        await using var redshift = await StartAsync(
            IsolationLevel.Snapshot, static options => options with { SvvTables = TimeSpan.FromMinutes(20) });
        await redshift.RunBehindAsync("CREATE TABLE totals (n bigint)");
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await warehouse.CommitAsync(Batch(schema, 1, 1), default);
        Assert.Single(await warehouse.FindTablesAsync("INSERT INTO totals SELECT count(*) FROM events", default));
        var missing = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.OpenAsync(Tables.TableName.Parse("event"), default));
        Assert.Contains("events", missing.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(redshift.Server.Log, static sql => sql.Contains("svv_tables", StringComparison.OrdinalIgnoreCase));
    }
}
