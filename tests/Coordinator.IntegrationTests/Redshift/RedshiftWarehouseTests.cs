using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: ledgers that forget, statements that must fit, errors.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftWarehouseTests(PostgresFixture fixture) : RedshiftTestBase(fixture)
{
    /// <summary>Message text, SQLSTATE, and their meaning.</summary>
    private static readonly (string Message, string SqlState, FailureKind Kind, FailureCause Cause)[] Errors =
    [
        ("1023", "XX000", FailureKind.Conflict, FailureCause.Conflict),
        ("could not complete because of conflict with concurrent transaction", "XX000", FailureKind.Conflict, FailureCause.Conflict),
        ("deadlock detected", "40P01", FailureKind.Conflict, FailureCause.Deadlock),
        ("1018", "XX000", FailureKind.Rejected, FailureCause.RejectedStatement),
        ("Value too long for character type", "XX000", FailureKind.Rejected, FailureCause.RejectedRow),
        ("Cannot insert a NULL value into column id", "XX000", FailureKind.Rejected, FailureCause.RejectedRow),
        ("Invalid characters: code too long 4", "XX000", FailureKind.Rejected, FailureCause.RejectedRow),
        ("String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: bf (error 2)", "XX000", FailureKind.Rejected,
            FailureCause.RejectedRow),
        ("Multibyte character not supported for CHAR (Hint: try using VARCHAR)", "XX000", FailureKind.Rejected, FailureCause.RejectedRow),
        ("Super string exceeds maximum size", "XX000", FailureKind.Rejected, FailureCause.RejectedRow),
        ("Found multiple matches to update the same tuple", "XX000", FailureKind.Rejected, FailureCause.RejectedStatement),
        ("Assert", "XX000", FailureKind.Unavailable, FailureCause.UnexplainedRefusal),
        ("syntax error at or near \"x\"", "42601", FailureKind.Rejected, FailureCause.RejectedStatement),
        ("permission denied for relation events", "42501", FailureKind.Rejected, FailureCause.Permission),
        ("Disk Full", "XX000", FailureKind.Unavailable, FailureCause.DiskFull),
        ("Query (15) cancelled by WLM abort action of Query Monitoring Rule \"r\"", "XX000", FailureKind.Unavailable, FailureCause.Overload),
        ("out of memory", "53200", FailureKind.Unavailable, FailureCause.Overload),
        ("cannot execute INSERT in a read-only transaction", "25006", FailureKind.Unavailable, FailureCause.ReadOnly),
        ("Query (15) canceled on user's request", "57014", FailureKind.Unavailable, FailureCause.Cancelled),
        ("S3ServiceException:Access Denied,Status 403,Error AccessDenied", "XX000", FailureKind.Unavailable, FailureCause.Staging),
        // No rule covers these texts: the first is an unknown outcome, which the ledger resolves to "rolled back"; the second is a rejection.
        ("1040", "XX000", FailureKind.Unavailable, FailureCause.UnexplainedRefusal),
        ("never heard of", "P0001", FailureKind.Rejected, FailureCause.RejectedStatement),
    ];

    [Fact]
    public async Task A_ledger_that_unrelated_tables_shared_would_make_the_cycles_that_it_is_to_prevent()
    {
        await using var redshift = await StartAsync(IsolationLevel.Serializable);
        await redshift.RunBehindAsync("CREATE TABLE others (id bigint); CREATE TABLE shared_ledger (id bigint)");
        await using var one = await redshift.Source.OpenConnectionAsync();
        await using var two = await redshift.Source.OpenConnectionAsync();
        await ExecuteAsync(one, "BEGIN; SELECT * FROM shared_ledger WHERE id = 1; INSERT INTO events VALUES (1)");
        await ExecuteAsync(two, "BEGIN; SELECT * FROM shared_ledger WHERE id = 2; INSERT INTO others VALUES (2)");
        await ExecuteAsync(one, "INSERT INTO shared_ledger VALUES (1); COMMIT");
        var failure = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(two, "INSERT INTO shared_ledger VALUES (2); COMMIT"));
        Assert.Equal("1023", failure.MessageText);

        // The adapter prevents this: the same two transactions through the adapter do not conflict.
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var events = await warehouse.OpenAsync(Events, default);
        await redshift.RunBehindAsync("CREATE TABLE thirds (id bigint NOT NULL, name varchar(40))");
        var thirds = await warehouse.OpenAsync(TableName.Parse("thirds"), default);
        var gate = new CommitGate();
        var first = warehouse.CommitAsync(Batch(events, 1, 1) with { MayCommit = gate.Check }, default);
        await gate.Reached;
        await warehouse.CommitAsync(Batch(thirds, 2, 1), default);
        gate.Open();
        await first;
        Assert.Equal(1, redshift.Server.Violations);
    }

    [Theory]
    [InlineData(IsolationLevel.Serializable)]
    [InlineData(IsolationLevel.Snapshot)]
    public async Task A_ledger_forgets_after_its_retention_within_a_turn_of_its_table(IsolationLevel isolation)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(
            TimeProvider.System.GetUtcNow())
        { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        await using var redshift = await StartAsync(isolation);
        await using var services = Services(redshift, clock);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await warehouse.CommitAsync(Batch(schema, 1, 3), default);
        clock.Advance(TimeSpan.FromDays(40));
        await warehouse.CommitAsync(Batch(schema, 2, 3), default);
        Assert.Equal(1L, await redshift.AskBehindAsync("SELECT count(*) FROM coordinator.\"public.events\""));
        Assert.Contains(redshift.Server.Log, static sql => sql.StartsWith("DELETE FROM \"coordinator\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Statements_fit_into_Redshifts_limits_by_measured_size()
    {
        await using var redshift = await StartAsync(IsolationLevel.Serializable);
        await redshift.RunBehindAsync("CREATE TABLE wide (id bigint, text varchar(65535))");
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(TableName.Parse("wide"), default);
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("text", ColumnType.Text)));
        for (var i = 0; i < 20_000; i++)
        {
            rows[0].Append((long)i);
            rows[1].Append(i < 600 ? new string('ü', 30_000) : "short");
        }

        await warehouse.CommitAsync(Batch(schema, 1, rows.Build()), default);
        Assert.Equal(20_000L, await redshift.AskBehindAsync("SELECT count(*) FROM wide"));
        // 36 MB: three statements because of the size, and two for the short rows because of the number of parameters.
        Assert.InRange(redshift.Server.Log.Count(static sql => sql.StartsWith("INSERT INTO \"public\".\"wide\"", StringComparison.Ordinal)), 4, 6);
        Assert.Empty(redshift.Server.Refused);
        Assert.Empty(ForeignSql.In(redshift.Server.Log));
    }

    [Fact]
    public async Task A_transaction_that_a_frozen_predecessor_left_open_is_ended_by_its_successor()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await using var frozen = new NpgsqlConnection(redshift.ConnectionString + ";Pooling=false");
        await frozen.OpenAsync();
        await ExecuteAsync(frozen, "BEGIN; UPDATE coordinator.\"public.events#fence\" SET activation = 'frozen'");
        // The conflict is an overlap until the transaction is old enough to count as frozen. On a slow machine that is immediately.
        var first = await Record.ExceptionAsync(() => warehouse.CommitAsync(Batch(schema, 1, 3), default));
        Assert.True(first is null or WarehouseException { Cause: FailureCause.LockTimeout, IsOverlap: true }, first?.ToString());
        await Eventually.TrueAsync("the frozen transaction is ended", async _ =>
            await Record.ExceptionAsync(() => warehouse.CommitAsync(Batch(schema, 1, 3), default)) is null);
        Assert.Equal(3L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    /// <summary>A slow trigger on the fence stands for a WLM queue, and for a warehouse that resumes.</summary>
    [Fact]
    public async Task A_fence_that_nobody_holds_and_that_takes_too_long_is_an_overloaded_warehouse_and_no_overlap()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await using var services = Services(redshift, frozenAfter: TimeSpan.FromHours(1));
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await redshift.RunBehindAsync("""
            CREATE FUNCTION queued() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END';
            CREATE TRIGGER queued BEFORE UPDATE ON coordinator."public.events#fence" FOR EACH ROW EXECUTE FUNCTION queued()
            """);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.CommitAsync(Batch(schema, 1, 1), default));
        Assert.Equal((FailureKind.Unavailable, FailureCause.Overload, false), (failure.Kind, failure.Cause, failure.IsOverlap));
        Assert.Contains("FenceTimeout", failure.Message, StringComparison.Ordinal);

        await redshift.RunBehindAsync("DROP TRIGGER queued ON coordinator.\"public.events#fence\"");
        await using var rival = new NpgsqlConnection(redshift.ConnectionString + ";Pooling=false");
        await rival.OpenAsync();
        await ExecuteAsync(rival, "BEGIN; UPDATE coordinator.\"public.events#fence\" SET activation = 'rival'");
        var overlap = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.CommitAsync(Batch(schema, 1, 1), default));
        Assert.Equal((FailureCause.LockTimeout, true), (overlap.Cause, overlap.IsOverlap));
    }

    [Fact]
    public async Task Every_error_means_what_its_text_says()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await redshift.RunBehindAsync(ErrorSwitch.Install);
        foreach (var (message, state, kind, cause) in Errors)
        {
            await redshift.RunBehindAsync(ErrorSwitch.Set(state, message));
            var failure = await Assert.ThrowsAsync<WarehouseException>(async () => await warehouse.CommitAsync(Batch(schema, 1, 1), default));
            Assert.Equal((message, kind, cause), (message, failure.Kind, failure.Cause));
            Assert.False(failure.IsOverlap);
        }

        Assert.Equal(0L, await redshift.AskBehindAsync("SELECT count(*) FROM coordinator.\"public.events\""));
    }

    [Fact]
    public async Task A_dropped_ledger_is_made_again_and_the_loss_is_reported()
    {
        await using var redshift = await StartAsync(IsolationLevel.Snapshot);
        await using var services = Services(redshift);
        var warehouse = services.GetRequiredService<IWarehouse>();
        var batch = Batch(await warehouse.OpenAsync(Events, default), 1, 3);
        await redshift.RunBehindAsync("DROP SCHEMA coordinator CASCADE");
        await Assert.ThrowsAsync<WarehouseException>(() => warehouse.CommitAsync(batch, default));
        Assert.Null(warehouse.Trouble);
        await warehouse.CommitAsync(batch, default);
        Assert.StartsWith("The ledger of public.events was dropped, and the new one is empty", warehouse.Trouble, StringComparison.Ordinal);
        Assert.Equal(3L, await redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task A_warehouse_that_is_away_is_a_lost_connection()
    {
        await using var redshift = await StartAsync(IsolationLevel.Serializable);
        await using var services = Services(redshift);
        await redshift.Server.DisposeAsync();
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => services.GetRequiredService<IWarehouse>().CheckAsync(default));
        Assert.Equal((FailureKind.Unavailable, FailureCause.Connection), (failure.Kind, failure.Cause));
    }
}
