using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Tests.Warehouses.DuckDb;

/// <summary>The table changes between the read of its columns and COMMIT: rows are bound again or fail with a conflict, and no value moves to
/// another column.</summary>
public sealed class DuckDbSchemaChangeTests : IDisposable
{
    private const string Columns = "id bigint NOT NULL, a integer DEFAULT 7, b integer, t varchar";

    private static readonly TableName Events = TableName.Parse("events");
    private readonly DuckDbBench _bench = new();

    /// <summary>Changes that invalidate bound rows.</summary>
    public static TheoryData<string> Changes =>
    [
        "ALTER TABLE events ADD COLUMN z integer",
        "ALTER TABLE events DROP COLUMN b",
        "ALTER TABLE events DROP COLUMN b; ALTER TABLE events ADD COLUMN c integer",
        "ALTER TABLE events DROP COLUMN a; ALTER TABLE events ADD COLUMN a integer DEFAULT 7",
        "ALTER TABLE events RENAME COLUMN b TO c",
        "ALTER TABLE events RENAME COLUMN a TO x; ALTER TABLE events RENAME COLUMN b TO a; ALTER TABLE events RENAME COLUMN x TO b",
        "ALTER TABLE events ALTER COLUMN b TYPE varchar",
        "ALTER TABLE events ALTER COLUMN b TYPE bigint",
        "ALTER TABLE events ALTER COLUMN b SET DEFAULT 9",
        "ALTER TABLE events ALTER COLUMN a SET DEFAULT 9",
        "ALTER TABLE events ALTER COLUMN a DROP DEFAULT",
        "ALTER TABLE events ALTER COLUMN b SET NOT NULL",
        "ALTER TABLE events ALTER COLUMN id DROP NOT NULL",
        "ALTER TABLE events RENAME TO other",
        "DROP TABLE events",
        "DROP TABLE events; CREATE TABLE events (id bigint NOT NULL, a varchar, b integer, t varchar)",
        "DROP TABLE events; CREATE TABLE events (t varchar, b integer, a integer DEFAULT 7, id bigint NOT NULL)",
        "DROP TABLE events; CREATE TABLE events (id bigint NOT NULL, a integer GENERATED ALWAYS AS (7), b integer, t varchar)",
        "DROP TABLE events; CREATE TABLE events (id bigint NOT NULL, a integer DEFAULT 7, b integer GENERATED ALWAYS AS (a), t varchar)",
        "DROP TABLE events; CREATE VIEW events AS SELECT 1::bigint AS id, 2 AS a, 3 AS b, 'x' AS t",
        "DROP SCHEMA public CASCADE",
    ];

    /// <summary>Changes that keep bound rows valid.</summary>
    public static TheoryData<string> Harmless =>
    [
        "CREATE INDEX by_b ON events (b)",
        "COMMENT ON TABLE events IS 'events'",
        "COMMENT ON COLUMN events.b IS 'b'",
        "DELETE FROM events",
        "DROP TABLE events; CREATE TABLE events (id bigint NOT NULL, a integer DEFAULT 7, b integer, t varchar)",
    ];

    public void Dispose() => _bench.Dispose();

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_before_the_transaction_is_found_in_it(string ddl)
    {
        var schema = await _bench.OpenAsync(Events, Columns);
        await _bench.RunAsync(ddl);

        var failure = await DuckDbBench.FailsAsync(FailureKind.SchemaChanged, () => _bench.CommitAsync(schema, Row(0)));

        Assert.Contains("public.events", failure.Message, StringComparison.Ordinal);
        await AssertNothingAsync(ddl);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_by_an_update_is_found(string ddl)
    {
        var schema = await _bench.OpenAsync(Events, Columns);
        await _bench.CommitAsync(schema, Row(0));
        await _bench.Warehouse.ExecuteAsync(DuckDbBench.Update(ddl, 1, Events), CancellationToken.None);

        await DuckDbBench.FailsAsync(FailureKind.SchemaChanged, () => _bench.CommitAsync(schema, Row(2)));
        var known = await _bench.CommitAsync(schema, Row(0));

        Assert.Equal([DuckDbBench.Id(0)], known.Already.Keys);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task What_changes_no_column_changes_nothing(string sql)
    {
        var schema = await _bench.OpenAsync(Events, Columns);
        await _bench.RunAsync(sql);

        await _bench.CommitAsync(schema, Row(0));

        Assert.Equal(["0 1 2 text"], await ReadAsync());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_while_the_transaction_runs_is_a_conflict_or_comes_after_it(string ddl)
    {
        var schema = await _bench.OpenAsync(Events, Columns);
        Exception? refused = null;
        var batch = DuckDbBench.Batch(schema, Row(0)) with
        {
            MayCommit = async _ =>
            {
                refused = await Record.ExceptionAsync(() => _bench.RunAsync(ddl));
                return true;
            },
        };

        var failure = await Record.ExceptionAsync(() => _bench.Warehouse.CommitAsync(batch, CancellationToken.None));

        if (refused is not null || failure is null)
        {
            // A change of only names and defaults causes no conflict: the rows are as if they had been written before it.
            Assert.Equal((null, "text"), (failure, (await FirstAsync(ddl))?[^1]));
            return;
        }

        Assert.Equal(FailureKind.Conflict, Assert.IsType<WarehouseException>(failure).Kind);
        await DuckDbBench.FailsAsync(FailureKind.SchemaChanged, () => _bench.CommitAsync(schema, Row(0)));
        await AssertNothingAsync(ddl);
    }

    [Theory]
    [InlineData("")]
    [InlineData("z")]
    public async Task A_change_that_is_not_committed_is_a_conflict_until_it_ends(string leftOut)
    {
        // Rows without a value for a default go through the staging table.
        var schema = await _bench.OpenAsync(Events, Columns + (leftOut.Length > 0 ? ", z integer DEFAULT 1" : ""));
        using var open = await _bench.OpenTransactionAsync("ALTER TABLE events ALTER COLUMN b TYPE varchar");

        await DuckDbBench.FailsAsync(FailureKind.Conflict, () => _bench.CommitAsync(schema, Row(0)));
        await open.RollbackAsync();
        await _bench.CommitAsync(schema, Row(0));

        Assert.Equal(["0 1 2 text"], await ReadAsync());
    }

    [Theory]
    [InlineData("ALTER TABLE events DROP COLUMN b", "column b is dropped")]
    [InlineData("ALTER TABLE events ADD COLUMN z integer", "column z INTEGER is added")]
    [InlineData("ALTER TABLE events ALTER COLUMN b TYPE varchar", "column b INTEGER is VARCHAR now")]
    [InlineData("DROP TABLE events", "is gone")]
    public async Task The_failure_says_what_changed(string ddl, string words)
    {
        var schema = await _bench.OpenAsync(Events, Columns);
        await _bench.RunAsync(ddl);

        var failure = await DuckDbBench.FailsAsync(FailureKind.SchemaChanged, () => _bench.CommitAsync(schema, Row(0)));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_bound_to_the_table_as_it_is_now_go_where_they_belong()
    {
        await _bench.OpenAsync(Events, Columns);
        await _bench.RunAsync("ALTER TABLE events DROP COLUMN a; ALTER TABLE events ADD COLUMN c integer");
        await _bench.RunAsync("ALTER TABLE events RENAME COLUMN t TO text");
        var schema = await _bench.Warehouse.OpenAsync(Events, CancellationToken.None);

        await _bench.CommitAsync(schema, DuckDbBench.Insert(Events, 0, DuckDbBench.Rows(
            ("c", ColumnType.Int64, [3]), ("text", ColumnType.Text, ["text"]), ("b", ColumnType.Int64, [2]), ("id", ColumnType.Int64, [1]))));

        Assert.Equal(["1 2 text 3"], await _bench.ReadAsync("SELECT concat_ws(' ', id, b, text, c) FROM events"));
    }

    [Theory]
    [InlineData("n integer DEFAULT CAST(1 AS INTEGER)", "n integer GENERATED ALWAYS AS (1)")]
    [InlineData("n integer GENERATED ALWAYS AS (1)", "n integer DEFAULT CAST(1 AS INTEGER)")]
    public async Task A_default_that_became_a_generated_column_of_the_same_expression_is_another_table(string before, string after)
    {
        var schema = await _bench.OpenAsync(Events, "id bigint, " + before);
        await _bench.RunAsync($"DROP TABLE events; CREATE TABLE events (id bigint, {after})");

        await DuckDbBench.FailsAsync(FailureKind.SchemaChanged, () => _bench.CommitAsync(schema, DuckDbBench.Insert(Events, 0, ("id", 1))));
    }

    [Theory]
    [InlineData("DROP TABLE coordinator.\"public.events\"")]
    [InlineData("DROP TABLE coordinator.\"public.events#fence\"")]
    [InlineData("DROP SCHEMA coordinator CASCADE")]
    public async Task Side_tables_that_are_gone_are_made_again(string sql)
    {
        var schema = await _bench.OpenAsync(Events, Columns);
        await _bench.RunAsync(sql);

        await DuckDbBench.FailsAsync(FailureKind.SchemaChanged, () => _bench.CommitAsync(schema, Row(0)));
        await _bench.CommitAsync(await _bench.Warehouse.OpenAsync(Events, CancellationToken.None), Row(0));
        await _bench.RunAsync(sql);
        var update = DuckDbBench.Update("DELETE FROM events", 1, Events);
        await DuckDbBench.FailsAsync(FailureKind.Conflict, () => _bench.Warehouse.ExecuteAsync(update, CancellationToken.None));
        await _bench.Warehouse.ExecuteAsync(update, CancellationToken.None);

        Assert.Empty(await ReadAsync());
    }

    private static InsertIntent Row(long sequence) => DuckDbBench.Insert(Events, sequence, DuckDbBench.Rows(
        ("id", ColumnType.Int64, [sequence]), ("a", ColumnType.Int64, [1]), ("b", ColumnType.Int64, [2]), ("t", ColumnType.Text, ["text"])));

    private Task<List<string>> ReadAsync() => _bench.ReadAsync("SELECT concat_ws(' ', id, a, b, t) FROM events");

    /// <summary>The values of the only row, under the table's present name.</summary>
    private async Task<string[]?> FirstAsync(string ddl)
    {
        var table = ddl.Contains("RENAME TO", StringComparison.Ordinal) ? "other" : "events";
        var rows = await _bench.ReadAsync($"SELECT concat_ws(' ', *COLUMNS(*)) FROM {table}");
        var values = Assert.Single(rows).Split(' ');
        Assert.Equal(["0", "1", "2", "text"], values);
        return values;
    }

    private async Task AssertNothingAsync(string ddl)
    {
        if (ddl.StartsWith("DROP", StringComparison.Ordinal) && !ddl.Contains("CREATE TABLE", StringComparison.Ordinal)) return;
        var table = ddl.Contains("RENAME TO", StringComparison.Ordinal) ? "other" : "events";
        Assert.Equal(["0"], await _bench.ReadAsync($"SELECT count(*) FROM {table}"));
    }
}
