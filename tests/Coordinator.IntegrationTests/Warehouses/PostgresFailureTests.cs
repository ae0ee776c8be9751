using Coordinator.Core.Warehouses;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>PostgreSQL only: killed sessions, and what errors mean.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresFailureTests(PostgresFixture fixture) : PostgresWarehouseTestBase(fixture)
{
    [Fact]
    public async Task A_session_killed_before_commit_is_unknown_and_a_retry_writes_once()
    {
        var batch = await BatchAsync();
        var killed = batch with
        {
            MayCommit = async _ =>
            {
                await KillAsync("coordinator/silo1");
                return true;
            },
        };
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(killed, default))).Kind);
        Assert.Empty((await Warehouse.CommitAsync(batch, default)).Already);
        await EqualAsync(3, "SELECT count(*) FROM events");
    }

    [Fact]
    public async Task A_session_killed_after_commit_is_unknown_and_a_retry_finds_it_in_the_ledger()
    {
        var batch = await BatchAsync();
        var waiting = Database.Connect("coordinator/silo2", ";Options=-c synchronous_commit=on");
        var commit = Assert.ThrowsAsync<WarehouseException>(() => waiting.CommitAsync(batch, default));
        await WaitForAsync("wait_event = 'SyncRep'");
        await KillAsync("coordinator/silo2");
        Assert.Equal(FailureKind.Unknown, (await commit).Kind);
        Assert.Equal(batch.BatchId, Assert.Single((await Warehouse.CommitAsync(batch, default)).Already).Value.Entry.BatchId);
        await EqualAsync(3, "SELECT count(*) FROM events");
    }

    [Fact]
    public async Task A_session_killed_while_rows_are_written_is_unavailable()
    {
        var batch = await BatchAsync();
        await Database.RunAsync("""
            CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';
            CREATE TRIGGER die BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION die()
            """);
        Assert.Equal(FailureKind.Unavailable, (await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(batch, default))).Kind);
        await Database.RunAsync("DROP TRIGGER die ON events");
        Assert.Empty((await Warehouse.CommitAsync(batch, default)).Already);
    }

    [Theory]
    [InlineData("40001", FailureKind.Conflict, FailureCause.Conflict)]
    [InlineData("40P01", FailureKind.Conflict, FailureCause.Deadlock)]
    [InlineData("55P03", FailureKind.Conflict, FailureCause.LockTimeout)]
    [InlineData("22001", FailureKind.Rejected, FailureCause.RejectedRow)]
    [InlineData("23502", FailureKind.Rejected, FailureCause.RejectedRow)]
    [InlineData("42703", FailureKind.Rejected, FailureCause.RejectedStatement)]
    [InlineData("42501", FailureKind.Rejected, FailureCause.Permission)]
    [InlineData("08P01", FailureKind.SchemaChanged, FailureCause.Unstated)] // COPY BINARY with other columns
    [InlineData("P0001", FailureKind.Rejected, FailureCause.RejectedStatement)] // an unknown SQLSTATE
    [InlineData("25006", FailureKind.Unavailable, FailureCause.ReadOnly)]
    [InlineData("53100", FailureKind.Unavailable, FailureCause.DiskFull)]
    [InlineData("53200", FailureKind.Unavailable, FailureCause.Overload)]
    [InlineData("57014", FailureKind.Unavailable, FailureCause.Cancelled)]
    [InlineData("57P01", FailureKind.Unavailable, FailureCause.Connection)]
    [InlineData("XX000", FailureKind.Unknown, FailureCause.UnexplainedRefusal)]
    [InlineData("XX001", FailureKind.Unknown, FailureCause.Internal)] // corrupt data
    [InlineData("58030", FailureKind.Unknown, FailureCause.Internal)]
    public async Task Every_error_means_what_its_SQLSTATE_says(string state, FailureKind kind, FailureCause cause)
    {
        var batch = await BatchAsync();
        await Database.RunAsync(ErrorSwitch.Install);
        await Database.RunAsync(ErrorSwitch.Set(state, "as told"));
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(batch, default));
        Assert.Equal((kind, cause, false), (failure.Kind, failure.Cause, failure.IsOverlap));
    }

    [Fact]
    public async Task A_refused_row_is_named_by_its_number()
    {
        var batch = await BatchAsync(", CHECK (id < 2)");
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(batch, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Equal(3, failure.Row);
    }

    [Fact]
    public async Task A_null_that_slipped_through_is_rejected_by_column()
    {
        var batch = await BatchAsync(", late int");
        await Database.RunAsync("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE not_null_violation USING COLUMN = ''late''; END';
            CREATE TRIGGER refuse BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION refuse()
            """);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(batch, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Equal("late", failure.Column);
    }

    [Fact]
    public async Task Dropped_side_tables_are_made_again_and_the_loss_is_reported()
    {
        var batch = await BatchAsync();
        Assert.Null(Warehouse.Trouble);
        await Database.RunAsync("DROP SCHEMA coordinator CASCADE");
        Assert.Equal(FailureKind.Unavailable, (await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(batch, default))).Kind);
        await Warehouse.CommitAsync(batch, default);
        await EqualAsync(3, "SELECT count(*) FROM events");
        Assert.StartsWith("The ledger of public.events was dropped, and the new one is empty", Warehouse.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_unavailable()
    {
        var away = Database.Connect("coordinator/silo2",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $";Port={FreePort.Next()}"));
        Assert.Equal(FailureKind.Unavailable, (await Assert.ThrowsAsync<WarehouseException>(() => away.CheckAsync(default))).Kind);
        Assert.Equal(FailureKind.Unavailable, (await Assert.ThrowsAsync<WarehouseException>(() => away.OpenAsync(Events, default))).Kind);
    }
}
