using Coordinator.Core.Binding;
using Coordinator.Core.Committing;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.Intents;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Coordinator.Warehouse.Redshift.Redshift;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: sessions that end at COMMIT, ledgers without unique keys, limits of statements.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftWarehouseTests(PostgresFixture fixture, ITestOutputHelper output) : ICommitObserver
{
    private static readonly TableName Events = TableName.Parse("events");
    private static readonly RowSchema Columns = new(("id", ColumnType.Int64), ("name", ColumnType.Text));

    /// <summary>Message text, SQLSTATE, and their meaning.</summary>
    private static readonly (string Message, string SqlState, FailureKind Kind, FailureCause Cause)[] Errors =
    [
        ("1023", "XX000", FailureKind.Conflict, FailureCause.Conflict),
        ("could not complete because of conflict with concurrent transaction", "XX000", FailureKind.Conflict, FailureCause.Conflict),
        ("deadlock detected", "40P01", FailureKind.Conflict, FailureCause.Deadlock),
        ("1018", "XX000", FailureKind.Rejected, FailureCause.RejectedStatement),
        ("Value too long for character type", "XX000", FailureKind.Rejected, FailureCause.RejectedRow),
        ("Cannot insert a NULL value into column id", "XX000", FailureKind.Rejected, FailureCause.RejectedRow),
        ("syntax error at or near \"x\"", "42601", FailureKind.Rejected, FailureCause.RejectedStatement),
        ("permission denied for relation events", "42501", FailureKind.Rejected, FailureCause.Permission),
        ("Disk Full", "XX000", FailureKind.Unavailable, FailureCause.DiskFull),
        ("Query (15) cancelled by WLM abort action of Query Monitoring Rule \"r\"", "XX000", FailureKind.Unavailable, FailureCause.Overload),
        ("out of memory", "53200", FailureKind.Unavailable, FailureCause.Overload),
        ("cannot execute INSERT in a read-only transaction", "25006", FailureKind.Unavailable, FailureCause.ReadOnly),
        ("Query (15) canceled on user's request", "57014", FailureKind.Unavailable, FailureCause.Cancelled),
        ("S3ServiceException:Access Denied,Status 403,Error AccessDenied", "XX000", FailureKind.Unavailable, FailureCause.Staging),
        // No rule covers these texts: the first is an unknown outcome, which the ledger resolves to "rolled back"; the second is a rejection.
        ("1040", "XX000", FailureKind.Unavailable, FailureCause.Internal),
        ("never heard of", "P0001", FailureKind.Rejected, FailureCause.RejectedStatement),
    ];

    private int _retries;

    [Theory]
    [InlineData(IsolationLevel.Serializable, CommitKill.Before, FailureKind.Unavailable)]
    [InlineData(IsolationLevel.Serializable, CommitKill.After, null)]
    [InlineData(IsolationLevel.Serializable, CommitKill.Late, FailureKind.Unavailable)]
    [InlineData(IsolationLevel.Snapshot, CommitKill.Late, FailureKind.Unavailable)]
    public async Task A_session_that_dies_at_commit_is_resolved_by_the_ledger(IsolationLevel isolation, CommitKill kill, FailureKind? expected)
    {
        // Long enough that a ledger check without a wait would come too early.
        await using var redshift = await StartAsync(isolation, static options => options with { LateCommitAfter = TimeSpan.FromSeconds(2) });
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
            tables.Select((table, i) => WriteAsync(warehouse, TableName.Parse(table), seed + i, () => Killed() < wanted)));
        Assert.Equal(wanted, Killed());
        for (var i = 0; i < tables.Length; i++)
        {
            Assert.Equal(written[i], await redshift.AskBehindAsync($"SELECT count(*) FROM {tables[i]}"));
            Assert.Equal(written[i], await redshift.AskBehindAsync($"SELECT count(DISTINCT id) FROM {tables[i]}"));
        }

        Assert.Empty(redshift.Server.Refused);
        Assert.Empty(ForeignSql.In(redshift.Server.Log));
        output.WriteLine($"{isolation}: {string.Join(", ", kills.GroupBy(static kill => kill).Select(static g => $"{g.Count()} killed {g.Key}"))}; "
            + $"{written.Sum()} intents written in {redshift.Server.Commits} commits, tries again: {_retries}; 0 lost, 0 doubled");

        int Killed()
        {
            lock (kills) return kills.Count;
        }
    }

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
    public async Task A_warehouse_that_is_away_is_a_lost_connection()
    {
        await using var redshift = await StartAsync(IsolationLevel.Serializable);
        await using var services = Services(redshift);
        await redshift.Server.DisposeAsync();
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => services.GetRequiredService<IWarehouse>().CheckAsync(default));
        Assert.Equal((FailureKind.Unavailable, FailureCause.Connection), (failure.Kind, failure.Cause));
    }

    void ICommitObserver.OnCommitted(long rows, TimeSpan took)
    {
    }

    void ICommitObserver.OnGivenUp(WarehouseException failure)
    {
        // The caller gets the failure, and the test sees it there.
    }

    void ICommitObserver.OnRetry(WarehouseException failure) => Interlocked.Increment(ref _retries);

    private static ServiceProvider Services(SimulatedRedshift redshift, TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddLogging().AddRedshiftWarehouse(options =>
        {
            options.ConnectionString = redshift.ConnectionString;
            options.FenceTimeout = TimeSpan.FromMilliseconds(500);
            options.FrozenAfter = TimeSpan.FromSeconds(1);
        });
        if (time is not null) services.AddSingleton(time);
        return services.BuildServiceProvider();
    }

    private async Task<SimulatedRedshift> StartAsync(IsolationLevel isolation, Func<SimulatorOptions, SimulatorOptions>? configure = null)
    {
        var redshift = await SimulatedRedshift.StartAsync(fixture.Server, isolation, configure);
        await redshift.RunBehindAsync("CREATE TABLE events (id bigint NOT NULL, name varchar(40))");
        return redshift;
    }

    /// <summary>Commits batches one after another, as a table grain does, and returns the number of acknowledged rows.</summary>
    private async Task<long> WriteAsync(IWarehouse warehouse, TableName table, int seed, Func<bool> goesOn)
    {
        var schema = await warehouse.OpenAsync(table, default);
        var committer = new BatchCommitter(warehouse, token =>
            warehouse.OpenAsync(table, token), new RetryOptions { MaxRetries = 50 }, TimeProvider.System, new Random(seed), this);
        var rows = 0L;
        while (goesOn())
        {
            var batch = Batch(schema, rows, 5);
            var outcomes = await committer.CommitAsync(batch, default);
            Assert.All(outcomes.Values, static outcome => Assert.NotNull(outcome.Receipt));
            rows += 5;
        }

        return rows;
    }

    private static InsertBatch Batch(TableSchema schema, long first, int count)
    {
        var intents = new List<InsertIntent>();
        for (var i = 0; i < count; i++)
        {
            var rows = new RowBlockBuilder(Columns);
            rows[0].Append(first + i);
            rows[1].Append("x");
            intents.Add(new InsertIntent
            {
                Id = new IntentId(new Guid(7, 7, 7, [0, 0, 0, 0, 0, 0, 0, 0]), first + i),
                Table = schema.Table,
                Rows = RowBinder.Bind(rows.Build(), schema).Rows!
            });
        }

        return Batch(schema, intents);
    }

    private static InsertBatch Batch(TableSchema schema, long sequence, RowBlock rows) =>
        Batch(schema, [new InsertIntent { Id = new IntentId(Guid.NewGuid(), sequence), Table = schema.Table,
            Rows = RowBinder.Bind(rows, schema).Rows! }]);

    private static InsertBatch Batch(TableSchema schema, IReadOnlyList<InsertIntent> intents) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = schema,
        Activation = "activation1",
        Intents = intents,
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
