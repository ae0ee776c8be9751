using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;

namespace Coordinator.IntegrationTests.Warehouses;

public abstract partial class WarehouseContract
{
    /// <summary>What another session does to <c>events (id bigint NOT NULL, a bigint, b varchar(40), n bigint DEFAULT 7)</c> between the read of
    /// its columns and a commit.</summary>
    private static readonly Dictionary<string, string> SchemaChanges = new(StringComparer.Ordinal)
    {
        ["another type"] = "ALTER TABLE events ALTER COLUMN a TYPE double precision",
        ["another length"] = "ALTER TABLE events ALTER COLUMN b TYPE varchar(60)",
        ["dropped and added"] = "ALTER TABLE events DROP COLUMN a; ALTER TABLE events ADD COLUMN a bigint",
        ["swapped names"] = "ALTER TABLE events RENAME COLUMN a TO c; ALTER TABLE events RENAME COLUMN b TO a; ALTER TABLE events RENAME COLUMN c "
            + "TO b",
        ["one more column"] = "ALTER TABLE events ADD COLUMN late bigint",
        ["default added"] = "ALTER TABLE events ALTER COLUMN a SET DEFAULT 5",
        ["default dropped"] = "ALTER TABLE events ALTER COLUMN n DROP DEFAULT",
        ["NOT NULL added"] = "ALTER TABLE events ALTER COLUMN a SET NOT NULL",
        ["NOT NULL dropped"] = "ALTER TABLE events ALTER COLUMN id DROP NOT NULL",
        ["dropped and created the same"] = "DROP TABLE events; CREATE TABLE events (id bigint NOT NULL, a bigint, b varchar(40), n bigint DEFAULT 7)",
        ["dropped and created with other types"] = "DROP TABLE events; CREATE TABLE events (b bigint, a varchar(40), id bigint)",
    };

    public static TheoryData<string> Changes => [.. SchemaChanges.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_table_that_changed_takes_no_rows_before_they_are_bound_to_it_again(string change)
    {
        var schema = await OpenChangingAsync();
        // A batch before the change fills caches and prepares statements.
        for (var i = 0; i < 3; i++) await Warehouse.CommitAsync(BoundBatch(schema, Changing(schema, NewId(), 100 + i)), Token);
        await RunAsync(SchemaChanges[change]);
        var id = NewId();
        if (!IsChange(change))
        {
            await Warehouse.CommitAsync(BoundBatch(schema, Changing(schema, id, 1)), Token);
            Assert.Equal(1, await CountAsync("SELECT count(*) FROM events WHERE id = 1 AND a = 42 AND b = '17'"));
            return;
        }

        var failure = await FailsAsync(FailureKind.SchemaChanged, () => Warehouse.CommitAsync(BoundBatch(schema, Changing(schema, id, 1)), Token));

        Assert.Contains("public.events", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM events WHERE id = 1"));
        Assert.Equal(3, await CountAsync($"SELECT count(*) FROM {LedgerOf(Events)}"));

        var now = await Warehouse.OpenAsync(Events, Token);
        Assert.NotEqual(schema.Fingerprint, now.Fingerprint);
        Assert.Equal(now.Fingerprint, (await Warehouse.OpenAsync(Events, Token)).Fingerprint);
        await Warehouse.CommitAsync(BoundBatch(now, Changing(now, id, 1)), Token);
        Assert.Equal(1, await CountAsync(
            "SELECT count(*) FROM events WHERE id = 1 AND CAST(a AS double precision) = 42 AND CAST(b AS double precision) = 17"));
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM events WHERE id = 1"));
    }

    [Fact]
    public async Task A_dropped_table_is_reported_and_its_ledger_still_answers()
    {
        var schema = await OpenChangingAsync();
        var id = NewId();
        await Warehouse.CommitAsync(BoundBatch(schema, Changing(schema, id, 1)), Token);
        await RunAsync("DROP TABLE events");
        await FailsAsync(FailureKind.SchemaChanged, () => Warehouse.CommitAsync(BoundBatch(schema, Changing(schema, NewId(), 2)), Token));
        await FailsAsync(FailureKind.Rejected, () => Warehouse.OpenAsync(Events, Token));
        Assert.True(Assert.Single(await Warehouse.FindRangesAsync(Events, [new(id.Origin, 0, 0, 0)], Token)).Has(id));
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM {LedgerOf(Events)}"));
    }

    [Fact]
    public async Task What_is_in_the_ledger_is_in_though_the_table_changed_since()
    {
        var schema = await OpenChangingAsync();
        var batch = BoundBatch(schema, Changing(schema, NewId(), 1));
        await Warehouse.CommitAsync(batch, Token);
        await RunAsync("ALTER TABLE events DROP COLUMN a");
        Assert.Equal(batch.BatchId,
            Assert.Single((await Warehouse.CommitAsync(batch with { BatchId = Guid.NewGuid() }, Token)).Already).Value.Entry.BatchId);
    }

    [Fact]
    public async Task A_change_does_not_slip_into_an_open_transaction()
    {
        var schema = await OpenChangingAsync();
        var gate = new CommitGate();
        var writing = Warehouse.CommitAsync(BoundBatch(schema, Changing(schema, NewId(), 1)) with { MayCommit = gate.Check }, Token);
        await gate.Reached;
        var changing = Record.ExceptionAsync(() => RunAsync("ALTER TABLE events ALTER COLUMN a TYPE double precision"));
        await SeeRefusedOrWaitingAsync(changing);
        // If the change came first, the rows were encoded for another table: the batch fails with a conflict and stores no row.
        var (overtook, rows) = (changing.IsCompleted && await changing is null, 1);
        gate.Open();
        if (await Record.ExceptionAsync(() => writing) is { } failure)
        {
            Assert.True(overtook, failure.ToString());
            Assert.Equal(FailureKind.Conflict, Assert.IsType<WarehouseException>(failure).Kind);
            rows = 0;
        }

        await changing;
        Assert.Equal(rows, await CountAsync("SELECT count(*) FROM events"));
        Assert.Equal(rows, await CountAsync("SELECT count(*) FROM events WHERE id = 1 AND a = 42 AND b = '17' AND n = 7"));
    }

    [Fact]
    public async Task Rows_that_leave_a_column_out_take_its_default_beside_rows_that_have_it()
    {
        await RunAsync("CREATE TABLE events (id bigint, n bigint DEFAULT 7, s varchar(10) DEFAULT 'none')");
        var schema = await Warehouse.OpenAsync(Events, Token);
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("n", ColumnType.Int64), ("s", ColumnType.Text)));
        Add(rows, 1L, 5L, "five");
        Add(rows, 2L, Absent, "two");
        Add(rows, 3L, null, Absent);
        Add(rows, 4L, Absent, Absent);
        Add(rows, 5L, 50L, null);
        var others = new RowBlockBuilder(new RowSchema(("s", ColumnType.Text), ("id", ColumnType.Int64)));
        Add(others, "six", 6L);
        await Warehouse.CommitAsync(BoundBatch(schema, Intent(Events, NewId(), rows.Build()), Intent(Events, NewId(), others.Build())), Token);
        Assert.Equal(
            "1:5:five,2:7:two,3:null:none,4:7:none,5:50:null,6:7:six",
            await ScalarAsync("SELECT string_agg(id || ':' || coalesce(CAST(n AS varchar), 'null') || ':' || coalesce(s, 'null'), ',' ORDER BY id) "
                + "FROM events"));
    }

    [Theory]
    [InlineData("numeric(38,0)", "99999999999999999999999999999999999999", "-12345678901234567890123456789012345678", "0",
        "10000000000000000000000000000000000000", "79228162514264337593543950336")]
    [InlineData("numeric(38,18)", "12345678901.123456789012345678", "-99999999999999999999.999999999999999999", "0.000000000000000001",
        "1.500000000000000000", "10000.000100000000000000")]
    [InlineData("numeric(10,2)", "1.50", "-0.01", "12345678.90", "0.00", "10000.00")]
    public async Task Numbers_come_back_digit_by_digit(string type, params string[] numbers)
    {
        await RunAsync($"CREATE TABLE events (id bigint, v {type})");
        var schema = await Warehouse.OpenAsync(Events, Token);
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("v", ColumnType.Number)));
        for (var i = 0; i < numbers.Length; i++) Add(rows, (long)i, numbers[i]);
        Add(rows, (long)numbers.Length, null);
        // Numbers that fit a decimal may travel as decimal, next to numbers of any length.
        var few = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("v", ColumnType.Decimal)));
        Add(few, 100L, 12m);
        await Warehouse.CommitAsync(BoundBatch(schema, Intent(Events, NewId(), rows.Build()), Intent(Events, NewId(), few.Build())), Token);
        for (var i = 0; i < numbers.Length; i++)
            Assert.Equal(numbers[i],
                await ScalarAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT CAST(v AS varchar) FROM events WHERE id = {i}")));
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM events WHERE v IS NULL"));
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM events WHERE id = 100 AND v = 12"));
    }

    /// <summary>Whether an entry of <see cref="Changes"/> is a schema change for this back end.</summary>
    protected virtual bool IsChange(string change) => true;

    /// <summary>Completes when a change is seen to wait for an open transaction, or was refused because of it.</summary>
    protected virtual Task SeeRefusedOrWaitingAsync(Task changing) => changing;

    /// <summary>A batch with rows that are already bound.</summary>
    protected static InsertBatch BoundBatch(TableSchema schema, params InsertIntent[] intents) => Batch(schema) with { Intents = intents };

    private async Task<TableSchema> OpenChangingAsync()
    {
        await RunAsync("CREATE TABLE events (id bigint NOT NULL, a bigint, b varchar(40), n bigint DEFAULT 7)");
        return await Warehouse.OpenAsync(Events, Token);
    }

    /// <summary>The row (id, a = 42, b = 17), bound to the present columns.</summary>
    private static InsertIntent Changing(TableSchema schema, IntentId id, long key)
    {
        var rows = new RowBlockBuilder(new RowSchema([.. new[] { "id", "a", "b" }.Select(name => (name, schema.Find(name)!.WireType))]));
        for (var i = 0; i < 3; i++)
        {
            var value = new[] { key, 42, 17 }[i];
            if (rows[i].Type == ColumnType.Int64) rows[i].Append(value);
            else if (rows[i].Type == ColumnType.Double) rows[i].Append((double)value);
            else rows[i].Append(value.ToString(CultureInfo.InvariantCulture));
        }

        return Intent(Events, id, rows.Build());
    }

    private static readonly object Absent = new();

    private static void Add(RowBlockBuilder rows, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (ReferenceEquals(values[i], Absent)) rows[i].AppendAbsent();
            else Append(rows[i], values[i]);
        }
    }
}
