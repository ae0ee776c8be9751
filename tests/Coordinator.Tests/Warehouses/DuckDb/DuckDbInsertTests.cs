using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.Warehouse.DuckDb;

namespace Coordinator.Tests.Warehouses.DuckDb;

/// <summary>Defaults, generated columns, and errors of DuckDB itself.</summary>
public sealed class DuckDbInsertTests : IDisposable
{
    private static readonly TableName Events = TableName.Parse("events");
    private readonly DuckDbBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_is_absent_takes_the_default_and_what_is_null_is_null()
    {
        await _bench.RunAsync("CREATE SEQUENCE numbers");
        var schema = await _bench.OpenAsync(Events, "id bigint, n bigint DEFAULT nextval('numbers'), t varchar DEFAULT 'x', d double DEFAULT NULL");
        var absent = DBNull.Value;

        await _bench.CommitAsync(schema,
            DuckDbBench.Insert(Events, 0, DuckDbBench.Rows(
                ("t", ColumnType.Text, ["a", absent, null, absent]),
                ("id", ColumnType.Int64, [0, 1, 2, 3]), ("n", ColumnType.Int64, [100, null, absent, absent]))),
            DuckDbBench.Insert(Events, 1, ("id", 4)));

        Assert.Equal(
            ["0 100 a", "1 ∅ x", "2 1 ∅", "3 2 x", "4 3 x"],
            await _bench.ReadAsync("SELECT id || ' ' || coalesce(n::varchar, '∅') || ' ' || coalesce(t, '∅') FROM events ORDER BY id"));
        Assert.False(schema.Find("d")!.HasDefault);
    }

    [Fact]
    public async Task A_row_of_a_batch_of_several_groups_is_named_by_its_intent_and_its_place_in_it()
    {
        var schema = await _bench.OpenAsync(Events, "b BIT, n integer DEFAULT 1");
        var mixed = DuckDbBench.Rows(("b", ColumnType.Text, ["1", "1", "0", "x"]), ("n", ColumnType.Int64, [1, DBNull.Value, 2, DBNull.Value]));

        var refused = await DuckDbBench.FailsAsync(FailureKind.Rejected, () =>
            _bench.CommitAsync(schema, DuckDbBench.Insert(Events, 0, "b", ColumnType.Text, "0"), DuckDbBench.Insert(Events, 1, mixed)));

        Assert.Equal((1L, 4L, "b"), (refused.Intent!.Value.Sequence, refused.Row, refused.Column));
    }

    [Theory]
    [InlineData("id bigint, g integer GENERATED ALWAYS AS (id + 1), n integer, t varchar")]
    [InlineData("g integer GENERATED ALWAYS AS (1), id bigint, n integer, t varchar")]
    [InlineData("id bigint, n integer, t varchar, g integer GENERATED ALWAYS AS (n) VIRTUAL")]
    [InlineData("id bigint, g integer GENERATED ALWAYS AS (n), n integer, d integer DEFAULT 4, t varchar")]
    public async Task A_generated_column_is_none_that_can_be_written_and_moves_no_other(string columns)
    {
        var schema = await _bench.OpenAsync(Events, columns);
        var rows = DuckDbBench.Rows(("t", ColumnType.Text, ["text"]), ("n", ColumnType.Int64, [2]), ("id", ColumnType.Int64, [1]));

        await _bench.CommitAsync(schema, DuckDbBench.Insert(Events, 0, rows));
        var bound = RowBinder.Bind(DuckDbBench.Rows(("g", ColumnType.Int64, [1])), schema);
        var refused = await DuckDbBench.FailsAsync(FailureKind.Rejected, () => _bench.CommitAsync(schema, DuckDbBench.Insert(Events, 1, ("g", 1))));

        Assert.Equal(["1 2 text"], await _bench.ReadAsync("SELECT concat_ws(' ', id, n, t) FROM events"));
        Assert.Equal("is generated always", schema.Find("g")!.Unwritable);
        Assert.Null(schema.Find("n")!.Unwritable);
        Assert.Contains("is generated always", Assert.Single(bound.Errors).Reason, StringComparison.Ordinal);
        Assert.Equal("g", refused.Column);
    }

    [Theory]
    [InlineData("odd \"name\"")]
    [InlineData("'single'; a.b")]
    [InlineData("select")]
    public async Task A_table_of_any_name_is_read_and_written(string name)
    {
        var table = new TableName("Odd \"Schema\"", name);
        await _bench.RunAsync("CREATE SCHEMA \"Odd \"\"Schema\"\"\"; CREATE SCHEMA plain");
        foreach (var odd in new[] { table, new TableName("plain", name) })
        {
            var schema = await _bench.OpenAsync(odd, "id bigint NOT NULL, d integer DEFAULT 7, g integer GENERATED ALWAYS AS (id)");

            await _bench.CommitAsync(schema, DuckDbBench.Insert(odd, 0, ("id", 1)));
            await _bench.RunAsync($"ALTER TABLE {DuckDbSql.Quote(odd)} DROP COLUMN d");

            Assert.Equal([null, null, "is generated always"], schema.Columns.Select(static c => c.Unwritable));
            await DuckDbBench.FailsAsync(FailureKind.SchemaChanged, () => _bench.CommitAsync(schema, DuckDbBench.Insert(odd, 1, ("id", 1))));
        }
    }

    [Fact]
    public async Task An_expression_that_is_a_default_is_not_taken_for_a_generated_column()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint, g integer GENERATED ALWAYS AS (1), d integer DEFAULT CAST(1 AS INTEGER)");

        Assert.Equal(["is generated always", null], schema.Columns.Skip(1).Select(static c => c.Unwritable));
    }

    [Theory]
    [InlineData("id bigint PRIMARY KEY", 1, "Duplicate key")]
    [InlineData("id bigint UNIQUE", 1, "Duplicate key")]
    [InlineData("id bigint CHECK (id < 5)", 7, "CHECK constraint failed")]
    [InlineData("id bigint REFERENCES parents (id)", 7, "foreign key")]
    [InlineData("id bigint, needed integer NOT NULL", 7, "NOT NULL constraint failed")]
    [InlineData("id bigint, broken integer DEFAULT (error('broken')::integer)", 7, "broken")]
    [InlineData("id bigint, broken integer DEFAULT ('x'::integer)", 7, "Could not convert string")]
    [InlineData("id bigint, broken tinyint DEFAULT (1000)", 7, "out of range")]
    [InlineData("id bigint, staged integer DEFAULT 1, CHECK (id < 5)", 7, "CHECK constraint failed")]
    public async Task What_DuckDB_refuses_is_rejected_at_once(string columns, int value, string words)
    {
        await _bench.RunAsync("CREATE TABLE parents (id bigint PRIMARY KEY); INSERT INTO parents VALUES (1)");
        var schema = await _bench.OpenAsync(Events, columns);
        if (value == 1) await _bench.RunAsync("INSERT INTO events VALUES (1)");

        var row = DuckDbBench.Insert(Events, 0, ("id", value));
        var refused = await DuckDbBench.FailsAsync(FailureKind.Rejected, () => _bench.CommitAsync(schema, row));

        Assert.Contains(words, refused.Message, StringComparison.OrdinalIgnoreCase);
        await _bench.Warehouse.CheckAsync(CancellationToken.None);
    }
}
