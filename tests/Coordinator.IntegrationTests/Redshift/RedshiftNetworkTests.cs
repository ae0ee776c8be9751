using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: a network that forgets connections on which nothing passes, without a word to either end. Without a countermeasure each
/// of these calls waits for the command timeout, ten minutes.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftNetworkTests(PostgresFixture fixture) : RedshiftTestBase(fixture)
{
    private const string Slow =
        "CREATE FUNCTION slow(seconds int) RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(seconds); RETURN seconds; END'";

    private static readonly TimeSpan Forgets = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Connections_that_were_forgotten_in_the_pool_are_replaced()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot, static options => options with { ForgetsAfter = Forgets });
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await warehouse.CommitAsync(Batch(schema, 1, 1), default);
        await Task.Delay(1.5 * Forgets, TimeProvider.System);
        await warehouse.CommitAsync(Batch(schema, 2, 1), default).WaitAsync(Limit);
        await warehouse.CheckAsync(default).WaitAsync(Limit);
        Assert.Equal(2L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Theory]
    [InlineData(RedshiftDeployment.Provisioned)]
    [InlineData(RedshiftDeployment.Serverless)]
    public async Task A_long_statement_whose_answer_is_lost_fails_and_leaves_no_lock(RedshiftDeployment deployment)
    {
        await using var redshift = await StartAsync(
            IsolationLevel.Snapshot, options => options with { ForgetsAfter = Forgets, Deployment = deployment });
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        await warehouse.OpenAsync(Events, default);
        await redshift.RunBehindAsync(Slow);
        var slow = Update("INSERT INTO events SELECT slow(8), 'long'");
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.ExecuteAsync(slow, default).WaitAsync(Limit));
        Assert.Equal((FailureKind.Unavailable, FailureCause.Connection), (failure.Kind, failure.Cause));
        Assert.Contains("was lost on the way", failure.Message, StringComparison.Ordinal);

        await Eventually.TrueAsync("the table can be written to", async _ =>
            await Record.ExceptionAsync(() => warehouse.ExecuteAsync(Update("INSERT INTO events VALUES (2, 'short')"), default)) is null, Limit);
        Assert.Equal(1L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task A_long_statement_that_goes_on_is_left_alone()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await using var services = Services(redshift, frozenAfter: TimeSpan.FromSeconds(1));
        var warehouse = services.GetRequiredService<IWarehouse>();
        await warehouse.OpenAsync(Events, default);
        await redshift.RunBehindAsync(Slow);
        await warehouse.ExecuteAsync(
            Update("INSERT INTO events SELECT slow(3), 'a'; INSERT INTO events SELECT slow(3), 'b'"), default);
        Assert.Equal(2L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
        // It was looked at.
        Assert.Contains(redshift.Server.Log, static sql => sql.Contains("stv_inflight", StringComparison.Ordinal));
    }

    private static UpdateRun Update(string sql) => new()
    {
        BatchId = Guid.NewGuid(),
        Activation = new("activation1"),
        Intent = new UpdateIntent { Id = new IntentId(Guid.NewGuid(), 0), Sql = sql, Writes = [Events] },
        MayCommit = static _ => ValueTask.FromResult(true),
    };
}
