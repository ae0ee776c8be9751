using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.Warehouse.Redshift;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: a user who is no superuser, with the grants of docs/redshift.md or without one of them.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftGrantTests(PostgresFixture fixture) : RedshiftTestBase(fixture)
{
    private readonly string _user = $"loader{Guid.NewGuid():N}";

    [Theory]
    [InlineData(RedshiftDeployment.Provisioned)]
    [InlineData(RedshiftDeployment.Serverless)]
    public async Task The_documented_grants_are_enough_to_write_and_to_resolve_a_lost_commit(RedshiftDeployment deployment)
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot, options => options with { Deployment = deployment });
        await GrantAsync(redshift, "GRANT INSERT ON events TO {0}", "GRANT CREATE ON DATABASE {1} TO {0}");
        await using var services = Loader(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await warehouse.CommitAsync(Batch(schema, 1, 3), default);
        var kill = CommitKill.After;
        redshift.Server.KillAtCommit = _ => Interlocked.Exchange(ref kill, CommitKill.None);
        await warehouse.CommitAsync(Batch(schema, 4, 3), default);
        Assert.Equal(6L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
        Assert.Null(warehouse.Trouble);
    }

    [Fact]
    public async Task A_missing_right_on_the_database_is_reported_with_its_grant_until_it_is_given()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await GrantAsync(redshift, "GRANT INSERT ON events TO {0}");
        await using var services = Loader(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.OpenAsync(Events, default));
        Assert.Equal((FailureKind.Unavailable, FailureCause.Permission), (failure.Kind, failure.Cause));
        Assert.Contains("GRANT CREATE ON DATABASE", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure.Message, warehouse.Trouble);

        await GrantAsync(redshift, "GRANT CREATE ON DATABASE {1} TO {0}");
        await warehouse.CommitAsync(Batch(await warehouse.OpenAsync(Events, default), 1, 1), default);
    }

    [Fact]
    public async Task A_missing_right_on_the_table_rejects_its_rows_with_the_grant()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await GrantAsync(redshift, "GRANT CREATE ON DATABASE {1} TO {0}");
        await using var services = Loader(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.CommitAsync(Batch(schema, 1, 1), default));
        Assert.Equal((FailureKind.Rejected, FailureCause.Permission), (failure.Kind, failure.Cause));
        Assert.Contains("GRANT SELECT, INSERT, UPDATE, DELETE ON events", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure.Message, warehouse.Trouble);
    }

    private ServiceProvider Loader(SimulatedRedshift redshift) => new ServiceCollection().AddLogging().AddRedshiftWarehouse(options =>
    {
        options.ConnectionString = new NpgsqlConnectionStringBuilder(redshift.ConnectionString) { Username = _user }.ConnectionString;
        options.FenceTimeout = TimeSpan.FromMilliseconds(500);
        options.FrozenAfter = TimeSpan.FromSeconds(1);
    }).BuildServiceProvider();

    /// <summary>Makes the user, if need be, and grants.</summary>
    /// <param name="redshift">The simulator.</param>
    /// <param name="grants">Statements with {0} for the user and {1} for the database.</param>
    private async Task GrantAsync(SimulatedRedshift redshift, params string[] grants)
    {
        var database = await redshift.AskBehindAsync("SELECT current_database()");
        if (await redshift.AskBehindAsync($"SELECT 1 FROM pg_roles WHERE rolname = '{_user}'") is null)
            await redshift.RunBehindAsync($"CREATE ROLE {_user} LOGIN");
        foreach (var grant in grants)
            await redshift.RunBehindAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, grant, _user, database));
    }
}
