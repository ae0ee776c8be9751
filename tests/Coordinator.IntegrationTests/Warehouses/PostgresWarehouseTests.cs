using Coordinator.Core.Binding;
using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Coordinator.Warehouse.Redshift.Failures;
using Coordinator.Warehouse.Redshift.Postgres.Failures;
using Coordinator.Warehouse.Redshift.Sessions;
using Npgsql;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>PostgreSQL only: killed sessions, waits at the fence, the catalog.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresWarehouseTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly TableName Events = TableName.Parse("events");

    private PostgresDatabase _database = null!;
    private IWarehouse Warehouse => _database.Warehouse;

    public async Task InitializeAsync() => _database = await PostgresDatabase.CreateAsync(fixture.Server);

    public async Task DisposeAsync() => await _database.DisposeAsync();

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
        var waiting = _database.Connect("coordinator/silo2", ";Options=-c synchronous_commit=on");
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
        await _database.RunAsync("""
            CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';
            CREATE TRIGGER die BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION die()
            """);
        Assert.Equal(FailureKind.Unavailable, (await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(batch, default))).Kind);
        await _database.RunAsync("DROP TRIGGER die ON events");
        Assert.Empty((await Warehouse.CommitAsync(batch, default)).Already);
    }

    [Fact]
    public async Task What_the_sessions_last_update_read_is_not_taken_for_read_by_the_next()
    {
        await _database.RunAsync("CREATE TABLE orders (id bigint); CREATE TABLE summary (id bigint); CREATE TABLE other (id bigint)");
        // While this transaction is open the server keeps and shows the predicate locks of the reads.
        await using var bystander = new NpgsqlConnection(_database.ConnectionString);
        await bystander.OpenAsync();
        await using var transaction = await bystander.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
        await using (var look = new NpgsqlCommand("SELECT count(*) FROM other", bystander, transaction)) await look.ExecuteScalarAsync();
        await Warehouse.ExecuteAsync(
            new UpdateRun
            {
                BatchId = Guid.NewGuid(),
                Activation = "activation1",
                Intent = new UpdateIntent
                {
                    Id = new IntentId(Guid.NewGuid(), 0),
                    Sql = "INSERT INTO summary SELECT count(*) FROM orders",
                    Writes = [TableName.Parse("summary")],
                    Source = "test"
                },
                MayCommit = static _ => ValueTask.FromResult(true),
            },
            default);
        await EqualAsync(1, "SELECT count(*) FROM pg_locks WHERE mode = 'SIReadLock' AND relation = 'orders'::regclass");

        var found = Assert.Single(await Warehouse.FindTablesAsync("INSERT INTO summary VALUES (1)", default));

        Assert.Empty(found.Reads);
        Assert.Equal([TableName.Parse("summary")], found.Writes);
    }

    [Fact]
    public async Task A_second_activation_waits_at_the_fence_and_fails_when_the_first_commits()
    {
        var batch = await BatchAsync();
        var rival = _database.Connect("coordinator/silo2", fenceTimeout: TimeSpan.FromMinutes(1));
        var gate = new CommitGate();
        var first = Warehouse.CommitAsync(batch with { MayCommit = gate.Check }, default);
        await gate.Reached;
        var second = Assert.ThrowsAsync<WarehouseException>(() =>
            rival.CommitAsync(batch with { BatchId = Guid.NewGuid(), Activation = "activation2" }, default));
        await WaitForAsync("wait_event_type = 'Lock' AND application_name = 'coordinator/silo2'");
        gate.Open();
        await first;
        var failure = await second;
        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.True(failure.IsOverlap);
        Assert.Single((await rival.CommitAsync(batch, default)).Already);
        await EqualAsync(3, "SELECT count(*) FROM events");
    }

    [Theory]
    [InlineData("")]
    [InlineData("COPY events FROM STDIN")]
    public async Task What_a_frozen_activation_left_open_is_ended_by_its_successor(string under)
    {
        var batch = await BatchAsync();
        await using var frozen = new NpgsqlConnection(_database.ConnectionString + ";Pooling=false;Application Name=frozen");
        await frozen.OpenAsync();
        await using var begin = new NpgsqlCommand("BEGIN; UPDATE coordinator.\"public.events#fence\" SET activation = 'frozen'", frozen);
        await begin.ExecuteNonQueryAsync();
        if (under.Length > 0) _ = await frozen.BeginTextImportAsync(under);
        await WaitForAsync(
            "application_name = 'frozen' AND wait_event_type = 'Client' AND state_change < clock_timestamp() - interval '1.1 seconds'");
        Assert.Empty((await Warehouse.CommitAsync(batch with { Activation = "successor" }, default)).Already);
        await EqualAsync(0, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'frozen'");
    }

    [Fact]
    public async Task A_conflict_with_a_session_that_passed_no_fence_is_no_overlap()
    {
        await BatchAsync();
        var run = Update("UPDATE events SET name = 'a'") with
        {
            Intent = Update("SELECT count(*) FROM events; UPDATE others SET id = id + 1").Intent,
        };
        await _database.RunAsync("CREATE TABLE others (id int); INSERT INTO others VALUES (1)");
        await _database.RunAsync("""
            CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE serialization_failure; END';
            CREATE TRIGGER meddle BEFORE UPDATE ON others FOR EACH ROW EXECUTE FUNCTION meddle()
            """);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.ExecuteAsync(run, default));
        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.False(failure.IsOverlap);
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
    [InlineData("XX000", FailureKind.Unknown, FailureCause.Internal)]
    [InlineData("58030", FailureKind.Unknown, FailureCause.Internal)]
    public async Task Every_error_means_what_its_SQLSTATE_says(string state, FailureKind kind, FailureCause cause)
    {
        var batch = await BatchAsync();
        await _database.RunAsync(ErrorSwitch.Install);
        await _database.RunAsync(ErrorSwitch.Set(state, "as told"));
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
        await _database.RunAsync("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE not_null_violation USING COLUMN = ''late''; END';
            CREATE TRIGGER refuse BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION refuse()
            """);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(batch, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Equal("late", failure.Column);
    }

    [Fact]
    public async Task An_update_that_is_cancelled_is_cancelled_in_the_server()
    {
        await BatchAsync();
        var run = Update("SELECT pg_sleep(60)");
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Warehouse.ExecuteAsync(run, soon.Token));
        await EqualAsync(
            0, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()");
    }

    [Fact]
    public async Task Sql_that_ends_its_transaction_is_refused()
    {
        await BatchAsync();
        var failure = await Assert.ThrowsAsync<WarehouseException>(() =>
            Warehouse.ExecuteAsync(Update("INSERT INTO events (id) VALUES (1); COMMIT"), default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Equal("Statement 2 is COMMIT, which ends the transaction in which the SQL runs. Leave BEGIN, COMMIT and ROLLBACK to the coordinator.",
            failure.Message);
        await EqualAsync(0, "SELECT count(*) FROM events");
    }

    [Fact]
    public async Task What_ends_its_transaction_unseen_is_refused_afterwards()
    {
        await BatchAsync();
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var transaction = await OpenTransaction.BeginAsync(source, System.Data.IsolationLevel.Serializable, default);
        var failure = await Assert.ThrowsAsync<WarehouseException>(
            () => transaction.RunAsync(SqlText.Split("INSERT INTO events (id) VALUES (1); COMMIT"), static e =>
                PostgresFailure.Of(e, TransactionStage.Work), default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Contains("leave out BEGIN", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Savepoints_end_nothing_and_are_the_update_s_own()
    {
        await BatchAsync();
        const string Sql = "SAVEPOINT a; INSERT INTO events (id) VALUES (1); ROLLBACK TO SAVEPOINT a; INSERT INTO events (id) VALUES (2); RELEASE a";
        Assert.Equal([0, 1, 0, 1, 0], (await Warehouse.ExecuteAsync(Update(Sql), default)).StatementRows);
        await EqualAsync(2, "SELECT sum(id)::bigint FROM events");
    }

    [Fact]
    public async Task A_function_s_body_may_hold_END_and_a_procedure_s_COMMIT()
    {
        await BatchAsync();
        await Warehouse.ExecuteAsync(
            Update("""
                CREATE FUNCTION three() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 3; END;
                CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
                DO $$ DECLARE commit int := 1; BEGIN commit := three(); INSERT INTO events (id) VALUES (commit); END $$
                """),
            default);
        await EqualAsync(3, "SELECT sum(id)::bigint FROM events");
    }

    [Fact]
    public async Task What_an_update_sets_does_not_stay_in_the_session()
    {
        await BatchAsync();
        var alone = _database.Connect("coordinator/silo2", ";Maximum Pool Size=1");
        await alone.ExecuteAsync(Update("SET search_path = pg_catalog; SET lock_timeout = 1; CREATE TEMP TABLE events (id int)"), default);
        var result = await alone.ExecuteAsync(Update("UPDATE public.events SET name = current_setting('search_path') || "
            + "current_setting('lock_timeout'); SELECT * FROM events"), default);
        Assert.Null(result.Already);
        await EqualAsync(0, "SELECT count(*) FROM events WHERE name <> '\"$user\", public0'");
    }

    [Fact]
    public async Task Dropped_side_tables_are_made_again()
    {
        var batch = await BatchAsync();
        await _database.RunAsync("DROP SCHEMA coordinator CASCADE");
        Assert.Equal(FailureKind.Unavailable, (await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(batch, default))).Kind);
        await Warehouse.CommitAsync(batch, default);
        await EqualAsync(3, "SELECT count(*) FROM events");
    }

    [Fact]
    public async Task A_server_that_is_away_is_unavailable()
    {
        var away = _database.Connect("coordinator/silo2",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $";Port={FreePort.Next()}"));
        Assert.Equal(FailureKind.Unavailable, (await Assert.ThrowsAsync<WarehouseException>(() => away.CheckAsync(default))).Kind);
        Assert.Equal(FailureKind.Unavailable, (await Assert.ThrowsAsync<WarehouseException>(() => away.OpenAsync(Events, default))).Kind);
    }

    [Fact]
    public async Task Sessions_carry_the_application_name()
    {
        await Warehouse.CheckAsync(default);
        await EqualAsync(1, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'coordinator/silo1' AND datname = current_database()");
    }

    [Fact]
    public async Task Domains_defaults_enums_and_generated_columns_are_read_from_the_catalog()
    {
        await _database.RunAsync("""
            CREATE DOMAIN price AS numeric(10,2) NOT NULL DEFAULT 1; CREATE DOMAIN cheap AS price CHECK (VALUE < 10);
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE TABLE events (p cheap, m mood, j jsonb, c char(3), s serial, a int GENERATED ALWAYS AS IDENTITY, d int GENERATED BY DEFAULT AS IDENTITY,
                                 g int GENERATED ALWAYS AS (1) STORED, i interval, x int)
            """);
        await _database.RunAsync("ALTER TABLE events DROP COLUMN x");
        var schema = await Warehouse.OpenAsync(Events, default);
        var price = schema.Find("p")!;
        Assert.Equal(("numeric(10,2)", 10, 2, false, true), (price.TypeName, price.Precision, price.Scale, price.IsNullable, price.HasDefault));
        Assert.Equal(3, schema.Find("c")!.MaxLength);
        Assert.True(schema.Find("s")!.HasDefault);
        Assert.Null(schema.Find("d")!.Unwritable);
        Assert.Equal("is generated always", schema.Find("a")!.Unwritable);
        Assert.Equal("is generated always", schema.Find("g")!.Unwritable);
        Assert.Contains("interval", schema.Find("i")!.Unwritable, StringComparison.Ordinal);
        Assert.Null(schema.Find("x"));

        var rows = new RowBlockBuilder(
            new RowSchema(("p", ColumnType.Int64), ("m", ColumnType.Text), ("j", ColumnType.Json), ("c", ColumnType.Text)));
        rows[0].Append(5L);
        rows[1].Append("bad");
        rows[2].Append("{\"a\": 1}");
        rows[3].Append("ab");
        await Warehouse.CommitAsync(Batch(schema, rows.Build()), default);
        await EqualAsync(1, "SELECT count(*) FROM events WHERE p = 5 AND m = 'bad' AND j = '{\"a\":1}' AND c = 'ab' AND s = 1 AND a = 1 AND d = 1");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Decimals_of_any_size_and_scale_come_back_equal(int seed)
    {
        await _database.RunAsync("CREATE TABLE events (id bigint, n numeric)");
        var random = new Random(seed);
        var values = Enumerable.Range(0, 5000).Select(_ => new decimal(
            random.Next(2) * random.Next(), random.Next(2) * random.Next(int.MinValue, int.MaxValue), random.Next(3) == 0 ? random.Next() : 0,
            random.Next(2) == 0, (byte)random.Next(29))).ToArray();
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("n", ColumnType.Decimal)));
        for (var i = 0; i < values.Length; i++)
        {
            rows[0].Append((long)i);
            rows[1].Append(values[i]);
        }

        await Warehouse.CommitAsync(Batch(await Warehouse.OpenAsync(Events, default), rows.Build()), default);
        var found = (string)(await _database.ScalarAsync("SELECT string_agg(n::text, ',' ORDER BY id) FROM events"))!;
        Assert.Equal(values.Select(v => v == 0 ? Math.Abs(v) : v).Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            found.Split(','));
    }

    [Fact]
    public async Task A_view_is_no_table()
    {
        await _database.RunAsync("CREATE VIEW events AS SELECT 1 AS id");
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.OpenAsync(Events, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Contains("view", failure.Message, StringComparison.Ordinal);
    }

    private async Task<InsertBatch> BatchAsync(string extra = "")
    {
        await _database.RunAsync($"CREATE TABLE events (id bigint NOT NULL, name varchar(40){extra})");
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        for (var i = 0L; i < 3; i++) rows[0].Append(i);
        return Batch(await Warehouse.OpenAsync(Events, default), rows.Build());
    }

    private static InsertBatch Batch(TableSchema schema, RowBlock rows) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = schema,
        Activation = "activation1",
        Intents = [new InsertIntent { Id = new IntentId(Guid.NewGuid(), 0), Table = Events, Rows = RowBinder.Bind(rows, schema).Rows! }],
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    private static UpdateRun Update(string sql) => new()
    {
        BatchId = Guid.NewGuid(),
        Activation = "activation1",
        Intent = new UpdateIntent { Id = new IntentId(Guid.NewGuid(), 0), Sql = sql, Writes = [Events] },
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    private async Task KillAsync(string applicationName) => await _database.RunAsync(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{applicationName}' AND datname = current_database()");

    private Task WaitForAsync(string activity) => Eventually.TrueAsync($"a session shows {activity}", async _ =>
        (long)(await _database.ScalarAsync($"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {activity}"))! > 0);

    private async Task EqualAsync(long expected, string sql) => Assert.Equal(expected, await _database.ScalarAsync(sql));
}
