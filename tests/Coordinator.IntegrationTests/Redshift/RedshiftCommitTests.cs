using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: sessions that die at COMMIT.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftCommitTests(PostgresFixture fixture, ITestOutputHelper output) : RedshiftTestBase(fixture)
{
    private readonly BatchWriter _writer = new();

    [Theory]
    [InlineData(RedshiftDeployment.Provisioned, IsolationLevel.Serializable, CommitKill.Before, FailureKind.Unavailable)]
    [InlineData(RedshiftDeployment.Provisioned, IsolationLevel.Serializable, CommitKill.After, null)]
    [InlineData(RedshiftDeployment.Provisioned, IsolationLevel.Serializable, CommitKill.Late, FailureKind.Unavailable)]
    [InlineData(RedshiftDeployment.Provisioned, IsolationLevel.Snapshot, CommitKill.Late, FailureKind.Unavailable)]
    [InlineData(RedshiftDeployment.Serverless, IsolationLevel.Snapshot, CommitKill.Before, FailureKind.Unavailable)]
    [InlineData(RedshiftDeployment.Serverless, IsolationLevel.Snapshot, CommitKill.After, null)]
    [InlineData(RedshiftDeployment.Serverless, IsolationLevel.Snapshot, CommitKill.Late, FailureKind.Unavailable)]
    [InlineData(RedshiftDeployment.MultiAz, IsolationLevel.Snapshot, CommitKill.Late, FailureKind.Unavailable)]
    public async Task A_session_that_dies_at_commit_is_resolved_by_the_ledger(
        RedshiftDeployment deployment, IsolationLevel isolation, CommitKill kill, FailureKind? expected)
    {
        // Long enough that a ledger check without a wait would come too early.
        await using var redshift = await StartAsync(
            isolation, options => options with { Deployment = deployment, LateCommitAfter = TimeSpan.FromSeconds(2) });
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        var batch = Batch(schema, 1, 3);
        var kills = kill;
        redshift.Server.KillAtCommit = _ => Interlocked.Exchange(ref kills, CommitKill.None);
        var failure = await Record.ExceptionAsync(() => warehouse.CommitAsync(batch, default));
        Assert.Equal(expected, (failure as WarehouseException)?.Kind);
        if (expected is not null) Assert.Empty((await warehouse.CommitAsync(batch, default)).Already);
        Assert.Equal(3, (await warehouse.CommitAsync(batch, default)).Already.Count);
        await Eventually.TrueAsync("late commits are over", async _ => (long)(await redshift.AskBehindAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"))! == 0);
        Assert.Equal(3L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    /// <summary>Sessions end at every third COMMIT of four busy tables, in all three ways, by seed: no row is lost or doubled.
    /// <c>COORDINATOR_KILLS=500</c> makes it 500 ends at each level.</summary>
    [Theory]
    [InlineData(IsolationLevel.Serializable, 1)]
    [InlineData(IsolationLevel.Snapshot, 2)]
    public async Task Whatever_dies_at_commit_every_intent_is_written_once(IsolationLevel isolation, int seed)
    {
        var wanted = int.TryParse(Environment.GetEnvironmentVariable("COORDINATOR_KILLS"), out var given) ? given : 15;
        await using var redshift = await StartAsync(isolation, static options =>
            options with { LateCommitAfter = TimeSpan.FromMilliseconds(30), ConcurrentCommits = 4 });
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        string[] tables = ["events", "others", "thirds", "fourths"];
        foreach (var table in tables[1..]) await redshift.RunBehindAsync($"CREATE TABLE {table} (id bigint NOT NULL, name varchar(40))");
        var kills = new List<CommitKill>();
        var random = new Random(seed);
        redshift.Server.KillAtCommit = _ =>
        {
            lock (kills)
            {
                if (kills.Count >= wanted || random.Next(3) > 0) return CommitKill.None;
                kills.Add((CommitKill)random.Next(1, 4));
                return kills[^1];
            }
        };
        var written = await Task.WhenAll(
            tables.Select((table, i) => _writer.WriteAsync(warehouse, TableName.Parse(table), seed + i, () => Killed() < wanted)));
        Assert.Equal(wanted, Killed());
        for (var i = 0; i < tables.Length; i++)
        {
            Assert.Equal(written[i], await redshift.AskBehindAsync($"SELECT count(*) FROM {tables[i]}"));
            Assert.Equal(written[i], await redshift.AskBehindAsync($"SELECT count(DISTINCT id) FROM {tables[i]}"));
        }

        Assert.Empty(redshift.Server.Refused);
        Assert.Empty(ForeignSql.In(redshift.Server.Log));
        output.WriteLine($"{isolation}: {string.Join(", ", kills.GroupBy(static kill => kill).Select(static g => $"{g.Count()} killed {g.Key}"))}; "
            + $"{written.Sum()} intents written in {redshift.Server.Commits} commits, tries again: {_writer.Retries}; 0 lost, 0 doubled");

        int Killed()
        {
            lock (kills) return kills.Count;
        }
    }
}
