using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Which transaction fails because of which in the simulator, and how sessions end at COMMIT.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SimulatorIsolationTests(PostgresFixture fixture)
{
    [Fact]
    public async Task The_cycle_of_the_documentation_fails_with_1023()
    {
        await using var redshift = await StartAsync(IsolationLevel.Serializable);
        await using var one = await OpenAsync(redshift);
        await using var two = await OpenAsync(redshift);
        await RunAsync(one, "BEGIN; SELECT * FROM a");
        await RunAsync(two, "BEGIN; SELECT * FROM b");
        await RunAsync(one, "INSERT INTO b VALUES (1)");
        await RunAsync(two, "INSERT INTO a VALUES (1)");
        await RunAsync(one, "COMMIT");
        var failure = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(two, "COMMIT"));
        Assert.Equal(("XX000", "1023"), (failure.SqlState, failure.MessageText));
        Assert.Matches(@"^Serializable isolation violation on table - \d+, transactions forming the cycle are: \d+, \d+ \(pid:\d+\)$",
            failure.Detail);
        Assert.Equal(0L, await redshift.AskBehindAsync("SELECT count(*) FROM a"));
        // Npgsql closes its connection after every XX000.
        Assert.Equal(System.Data.ConnectionState.Closed, two.State);
        await redshift.RunAsync("BEGIN; INSERT INTO a VALUES (2); COMMIT");
    }

    [Fact]
    public async Task Tables_count_whole_even_where_no_row_is_shared()
    {
        await using var redshift = await StartAsync(IsolationLevel.Serializable);
        await redshift.RunAsync("INSERT INTO a VALUES (1), (2)");
        await using var one = await OpenAsync(redshift);
        await using var two = await OpenAsync(redshift);
        await RunAsync(one, "BEGIN; SELECT * FROM a WHERE id = 1");
        await RunAsync(two, "BEGIN; SELECT * FROM a WHERE id = 2");
        await RunAsync(one, "UPDATE a SET id = 1 WHERE id = 1; COMMIT");
        var failure = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(two, "UPDATE a SET id = 2 WHERE id = 2"));
        Assert.Equal("1023", failure.MessageText);
    }

    [Fact]
    public async Task The_readers_of_the_story_close_the_cycle_though_they_write_nothing()
    {
        await using var redshift = await StartAsync(IsolationLevel.Serializable);
        await using var updater = await OpenAsync(redshift);
        await RunAsync(updater, "BEGIN; INSERT INTO a SELECT id FROM b");
        await redshift.RunAsync("INSERT INTO b VALUES (1)");
        Assert.Equal(0L, await redshift.AskAsync("SELECT count(*) FROM a JOIN b USING (id)"));
        var failure = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(updater, "COMMIT"));
        Assert.Equal("1023", failure.MessageText);
        await redshift.RunAsync("BEGIN; INSERT INTO a SELECT id FROM b; COMMIT");
        Assert.Equal(1, redshift.Server.Violations);
    }

    [Fact]
    public async Task Transactions_that_follow_each_other_or_only_insert_do_not_fail()
    {
        await using var redshift = await StartAsync(IsolationLevel.Serializable);
        await using var one = await OpenAsync(redshift);
        await using var two = await OpenAsync(redshift);
        await RunAsync(one, "BEGIN; INSERT INTO a VALUES (1)");
        var waiting = RunAsync(two, "BEGIN; INSERT INTO a VALUES (2); SELECT count(*) FROM a");
        await WaitsAsync(redshift);
        await RunAsync(one, "COMMIT");
        await waiting;
        await RunAsync(two, "COMMIT");
        for (var i = 0; i < 5; i++) await RunAsync(one, "BEGIN; UPDATE a SET id = id + 1; SELECT * FROM b; COMMIT");
        Assert.Equal(0, redshift.Server.Violations);
    }

    [Fact]
    public async Task Under_snapshot_inserts_share_a_table_and_the_first_updater_wins()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await using var one = await OpenAsync(redshift);
        await using var two = await OpenAsync(redshift);
        await RunAsync(one, "BEGIN; SELECT * FROM a; INSERT INTO a VALUES (1)");
        await RunAsync(two, "BEGIN; SELECT * FROM a; INSERT INTO a VALUES (2); COMMIT");
        await RunAsync(one, "COMMIT");
        await RunAsync(one, "BEGIN; SELECT * FROM a");
        await RunAsync(two, "BEGIN; SELECT * FROM a; UPDATE a SET id = 3 WHERE id = 2; COMMIT");
        var failure = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(one, "UPDATE a SET id = 4 WHERE id = 1"));
        Assert.Equal(("XX000", "could not complete because of conflict with concurrent transaction"), (failure.SqlState, failure.MessageText));
    }

    [Fact]
    public async Task Under_snapshot_an_update_after_an_insert_can_deadlock()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await using var one = await OpenAsync(redshift);
        await using var two = await OpenAsync(redshift);
        await RunAsync(one, "BEGIN; INSERT INTO a VALUES (1)");
        await RunAsync(two, "BEGIN; INSERT INTO a VALUES (2)");
        var failures = await Task.WhenAll(
            Record.ExceptionAsync(() => RunAsync(one, "UPDATE a SET id = 3 WHERE id = 1")),
            Record.ExceptionAsync(() => RunAsync(two, "UPDATE a SET id = 4 WHERE id = 2")));
        var failed = Assert.Single(failures, static failure => failure is not null);
        Assert.Equal("deadlock detected", Assert.IsType<PostgresException>(failed).MessageText);
    }

    [Theory]
    [InlineData(CommitKill.Before, 0L)]
    [InlineData(CommitKill.After, 1L)]
    [InlineData(CommitKill.Late, 1L)]
    public async Task A_session_dies_at_commit_on_demand(CommitKill kill, long rows)
    {
        await using var redshift = await StartAsync(IsolationLevel.Serializable);
        redshift.Server.KillAtCommit = name => name == "victim" ? kill : CommitKill.None;
        await using var victim = new NpgsqlConnection(redshift.ConnectionString + ";Application Name=victim;Pooling=false");
        await victim.OpenAsync();
        await RunAsync(victim, "BEGIN; INSERT INTO a VALUES (1)");
        Assert.False(await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(victim, "COMMIT")) is PostgresException);
        await Eventually.TrueAsync("the session is gone", async _ =>
            (long)(await redshift.AskBehindAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'victim'"))! == 0);
        Assert.Equal(rows, await redshift.AskBehindAsync("SELECT count(*) FROM a"));
    }

    private async Task<SimulatedRedshift> StartAsync(IsolationLevel isolation)
    {
        var redshift = await SimulatedRedshift.StartAsync(fixture.Server, isolation);
        await redshift.RunAsync("CREATE TABLE a (id int); CREATE TABLE b (id int)");
        return redshift;
    }

    private static async Task<NpgsqlConnection> OpenAsync(SimulatedRedshift redshift) => await redshift.Source.OpenConnectionAsync();

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static Task WaitsAsync(SimulatedRedshift redshift) => Eventually.TrueAsync("a session waits for a lock", async _ =>
        (long)(await redshift.AskBehindAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"))! > 0);
}
