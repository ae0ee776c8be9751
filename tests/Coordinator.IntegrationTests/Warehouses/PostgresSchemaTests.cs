using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Schema changes during writes that only PostgreSQL has: locks, roles, domains, foreign tables, numbers of any length.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresSchemaTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly TableName Events = TableName.Parse("events");

    private PostgresDatabase _database = null!;
    private IWarehouse Warehouse => _database.Warehouse;

    public async Task InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync(fixture.Server);
        await _database.RunAsync("CREATE TABLE events (id bigint, name text)");
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_change_that_is_under_way_is_waited_for_is_no_rival_and_is_seen_once_it_is_done()
    {
        var schema = await Warehouse.OpenAsync(Events, default);
        await using var stranger = new NpgsqlConnection(_database.ConnectionString);
        await stranger.OpenAsync();
        await using var transaction = await stranger.BeginTransactionAsync();
        await using (var alter = new NpgsqlCommand(
            "ALTER TABLE events ALTER COLUMN id TYPE double precision", stranger, transaction)) await alter.ExecuteNonQueryAsync();
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(Batch(schema, 1), default));
        Assert.Equal((FailureKind.Conflict, FailureCause.LockTimeout, false), (failure.Kind, failure.Cause, failure.IsOverlap));

        var patient = _database.Connect("coordinator/silo2", fenceTimeout: TimeSpan.FromMinutes(1));
        var waiting = Assert.ThrowsAsync<WarehouseException>(() => patient.CommitAsync(Batch(schema, 1), default));
        await Eventually.TrueAsync("it waits for the table", async _ => (long)(await _database.ScalarAsync(
            "SELECT count(*) FROM pg_locks WHERE relation = 'events'::regclass AND mode = 'RowExclusiveLock' AND NOT granted"))! == 1);
        await transaction.CommitAsync();
        failure = await waiting;
        Assert.Equal(FailureKind.SchemaChanged, failure.Kind);
        Assert.Contains("column id has another type", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await _database.ScalarAsync("SELECT count(*) FROM events"));
    }

    [Theory]
    [InlineData("ALTER TABLE events RENAME COLUMN name TO other; ALTER TABLE events ADD COLUMN name text",
        "column name is named other now, column name is new")]
    [InlineData("ALTER TABLE events DROP COLUMN name", "column name is gone")]
    [InlineData("ALTER TABLE events ALTER name SET NOT NULL, ALTER name SET DEFAULT 'a'",
        "column name takes no nulls any more and has a default now")]
    [InlineData("DROP TABLE events; CREATE TABLE events (id bigint, name text)", "dropped and created again")]
    [InlineData("DROP TABLE events; CREATE MATERIALIZED VIEW events AS SELECT 1::bigint AS id, ''::text AS name", "something else has its name")]
    [InlineData("DROP TABLE events", "it is gone")]
    [InlineData("ALTER TABLE events RENAME TO others; CREATE TABLE events (LIKE others)", "another took its name")]
    public async Task A_change_is_named(string sql, string change)
    {
        var schema = await Warehouse.OpenAsync(Events, default);
        await _database.RunAsync(sql);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(Batch(schema, 1), default));
        Assert.Equal(FailureKind.SchemaChanged, failure.Kind);
        Assert.Contains(change, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALTER TABLE events ADD CHECK (id > 0)")]
    [InlineData("CREATE INDEX ON events (id)")]
    [InlineData("TRUNCATE events")]
    [InlineData("VACUUM FULL events")]
    [InlineData("COMMENT ON COLUMN events.id IS 'a'")]
    public async Task What_rows_do_not_rely_on_is_no_change(string sql)
    {
        var schema = await Warehouse.OpenAsync(Events, default);
        await _database.RunAsync(sql);
        await Warehouse.CommitAsync(Batch(schema, 1), default);
    }

    [Theory]
    [InlineData("ALTER DOMAIN base SET NOT NULL")]
    [InlineData("ALTER DOMAIN base SET DEFAULT 'a'")]
    [InlineData("ALTER DOMAIN top SET NOT NULL")]
    [InlineData("ALTER DOMAIN top SET DEFAULT 'a'")]
    public async Task A_domain_that_changed_is_a_change_down_to_the_last(string sql)
    {
        await _database.RunAsync("CREATE DOMAIN base AS text; CREATE DOMAIN top AS base; ALTER TABLE events ALTER name TYPE top");
        var schema = await Warehouse.OpenAsync(Events, default);
        await Warehouse.CommitAsync(Batch(schema, 1), default);
        await _database.RunAsync("UPDATE events SET name = 'a'; " + sql);
        Assert.Equal(FailureKind.SchemaChanged,
            (await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(Batch(schema, 2), default))).Kind);
        await Warehouse.CommitAsync(Batch(await Warehouse.OpenAsync(Events, default), 2), default);
    }

    [Fact]
    public async Task Partitions_are_written_to_and_a_change_of_their_table_is_seen()
    {
        await _database.RunAsync("DROP TABLE events; CREATE TABLE events (id bigint, name text) PARTITION BY RANGE (id); CREATE TABLE low "
            + "PARTITION OF events FOR VALUES FROM (0) TO (10)");
        var schema = await Warehouse.OpenAsync(Events, default);
        await Warehouse.CommitAsync(Batch(schema, 1), default);
        await _database.RunAsync("ALTER TABLE events ALTER COLUMN name TYPE varchar(10)");
        Assert.Equal(FailureKind.SchemaChanged,
            (await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(Batch(schema, 2), default))).Kind);
        Assert.Equal(1L, await _database.ScalarAsync("SELECT count(*) FROM low"));
    }

    [Theory]
    [InlineData("INSERT", 1)]
    [InlineData("INSERT (id, name)", 0)]
    public async Task A_role_that_may_only_insert_is_enough_and_sees_changes_too(string right, long namedLocks)
    {
        await Warehouse.OpenAsync(Events, default);
        await _database.RunAsync($"""
            DROP ROLE IF EXISTS writer; CREATE ROLE writer LOGIN; GRANT {right} ON events TO writer; GRANT USAGE ON SCHEMA coordinator TO writer;
            GRANT SELECT, INSERT ON coordinator."public.events" TO writer; GRANT SELECT, UPDATE ON coordinator."public.events#fence" TO writer
            """);
        var writer = _database.Connect("coordinator/silo2", ";Username=writer");
        var schema = await writer.OpenAsync(Events, default);
        var gate = new CommitGate();
        var writing = writer.CommitAsync(Batch(schema, 1) with { MayCommit = gate.Check }, default);
        await gate.Reached;
        Assert.Equal(1L, await _database.ScalarAsync(
            "SELECT count(*) FROM pg_locks WHERE relation = 'events'::regclass AND mode = 'RowExclusiveLock'"));
        gate.Open();
        await writing;

        // The rows are already on their way, so the change waits for COMMIT: LOCK TABLE or COPY has taken the lock.
        await _database.RunAsync("ALTER TABLE events ALTER COLUMN id TYPE double precision");
        Assert.Equal(FailureKind.SchemaChanged,
            (await Assert.ThrowsAsync<WarehouseException>(() => writer.CommitAsync(Batch(schema, 2), default))).Kind);
        Assert.Equal(1L, await _database.ScalarAsync("SELECT count(*) FROM events WHERE id = 1"));
        Assert.Equal(namedLocks, Convert.ToInt64(
            await _database.ScalarAsync("SELECT has_table_privilege('writer', 'events', 'INSERT')::int"), CultureInfo.InvariantCulture));

        await _database.RunAsync("REVOKE ALL ON events FROM writer; REVOKE ALL (id, name) ON events FROM writer");
        var now = await Warehouse.OpenAsync(Events, default);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => writer.CommitAsync(Batch(now, 2), default));
        Assert.Equal((FailureKind.Rejected, FailureCause.Permission), (failure.Kind, failure.Cause));
        await _database.RunAsync("DROP OWNED BY writer");
    }

    [Fact]
    public async Task A_foreign_table_cannot_be_locked_by_name_and_its_changes_are_seen_all_the_same()
    {
        var here = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        await _database.RunAsync($"""
            ALTER TABLE events RENAME TO target; CREATE EXTENSION postgres_fdw;
            CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{here.Host}', port '{here.Port}', dbname '{here.Database}');
            CREATE USER MAPPING FOR CURRENT_USER SERVER self OPTIONS (user '{here.Username}');
            CREATE FOREIGN TABLE events (id bigint, name text) SERVER self OPTIONS (table_name 'target')
            """);
        var schema = await Warehouse.OpenAsync(Events, default);
        await Warehouse.CommitAsync(Batch(schema, 1), default);
        Assert.Equal(1L, await _database.ScalarAsync("SELECT count(*) FROM target WHERE id = 1 AND name = 'a'"));
        await _database.RunAsync("ALTER FOREIGN TABLE events ALTER COLUMN id TYPE text");
        Assert.Equal(FailureKind.SchemaChanged,
            (await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(Batch(schema, 2), default))).Kind);
    }

    [Fact]
    public async Task Numbers_are_as_long_as_PostgreSQL_takes_them()
    {
        await _database.RunAsync("DROP TABLE events; CREATE TABLE events (id bigint, n numeric)");
        var schema = await Warehouse.OpenAsync(Events, default);
        var random = new Random(7);
        string[] numbers =
        [
            "0", "0.00", "1.50", "-0.000123", "10000", "99990000", "1e131071", "-9e-16383", "123e40", "12e-30", "1.0000000000",
                new string('9', 131_072), "0." + new string('7', 16_383),
            .. Enumerable.Range(0, 500).Select(_ => $"{(random.Next(2) == 0 ? "-" : "")}{random.Next(1, 10)}{Digits(random.Next(60))}"
                    + $"{(random.Next(2) == 0 ? "" : "." + Digits(1 + random.Next(60)))}"),
            .. Enumerable.Range(0, 100).Select(_ => $"{random.Next(1, 10)}{Digits(random.Next(9))}e{random.Next(-300, 300)}"),
        ];
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("n", ColumnType.Number)));
        for (var i = 0; i < numbers.Length; i++)
        {
            rows[0].Append((long)i);
            rows[1].Append(numbers[i]);
        }

        await Warehouse.CommitAsync(Batch(schema, rows.Build()), default);
        for (var i = 0; i < numbers.Length; i++)
            Assert.True((bool)(await _database.ScalarAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT n::text = '{numbers[i]}'::numeric::text FROM events WHERE id = {i}")))!,
                numbers[i]);

        string Digits(int count) =>
            string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(3) == 0 ? "0" : random.Next(10).ToString(CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("1e131072")]
    [InlineData("1e-16384")]
    public async Task Numbers_beyond_that_are_refused_by_row(string number)
    {
        await _database.RunAsync("DROP TABLE events; CREATE TABLE events (n numeric)");
        var schema = await Warehouse.OpenAsync(Events, default);
        var rows = new RowBlockBuilder(new RowSchema(("n", ColumnType.Number)));
        rows[0].Append("1");
        rows[0].Append(number);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(Batch(schema, rows.Build()), default));
        Assert.Equal((FailureKind.Rejected, FailureCause.RejectedRow, 2L), (failure.Kind, failure.Cause, failure.Row));
    }

    [Fact]
    public async Task A_refused_row_is_named_by_its_place_in_the_intent_with_any_columns()
    {
        await _database.RunAsync("DROP TABLE events; CREATE TABLE events (id bigint CHECK (id <> 5), name text DEFAULT 'none')");
        var schema = await Warehouse.OpenAsync(Events, default);
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("name", ColumnType.Text)));
        for (var i = 1L; i <= 6; i++)
        {
            rows[0].Append(i);
            if (i % 2 == 0) rows[1].Append("a");
            else rows[1].AppendAbsent();
        }

        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.CommitAsync(Batch(schema, rows.Build()), default));
        Assert.Equal((FailureKind.Rejected, 5L), (failure.Kind, failure.Row));
    }

    private static InsertBatch Batch(TableSchema schema, long id)
    {
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("name", ColumnType.Text)));
        if (schema.Find("id")?.Type == WarehouseType.Float64)
            rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Double), ("name", ColumnType.Text)));
        if (rows[0].Type == ColumnType.Double) rows[0].Append((double)id);
        else rows[0].Append(id);
        rows[1].Append("a");
        return Batch(schema, rows.Build());
    }

    private static InsertBatch Batch(TableSchema schema, RowBlock rows) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = schema,
        Activation = new("activation1"),
        Intents = [new InsertIntent { Id = new IntentId(Guid.NewGuid(), 0), Table = Events, Rows = rows }],
        MayCommit = static _ => ValueTask.FromResult(true),
    };
}
