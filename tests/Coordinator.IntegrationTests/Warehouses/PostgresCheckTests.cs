using System.Globalization;
using Coordinator.Core.Binding;
using Coordinator.Core.Committing;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Rows that a CHECK of PostgreSQL rejects, one batch after the other: the server is asked before the rows are sent.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresCheckTests(PostgresFixture fixture) : PostgresWarehouseTestBase(fixture)
{
    private static readonly RowSchema Texts = new(("id", ColumnType.Int64), ("v", ColumnType.Text));

    private long _next;

    public static TheoryData<string, string, string, string> Types => new()
    {
        { "smallint", "v > 0", "1", "-1" },
        { "integer", "v > 0", "1", "-1" },
        { "bigint", "v % 2 = 1", "9223372036854775807", "9223372036854775806" },
        { "real", "v < 1.5", "1.25", "1.75" },
        { "double precision", "v < 1.5", "1.25", "1.75" },
        { "numeric(38,18)", "v < 1", "0.999999999999999999", "1.000000000000000001" },
        { "numeric", "v < 1", "0.99999999999999999999999999999999999999", "1.00000000000000000000000000000000000001" },
        { "text", "v ~ '^[a-zé]+$'", "né", "n0" },
        { "varchar(4)", "length(v) < 4", "abc", "abcd" },
        { "char(4)", "v <> 'ab'", "abc", "ab" },
        { "boolean", "v", "true", "false" },
        { "date", "v < '2026-02-01'", "2026-01-31", "2026-02-01" },
        { "timestamp", "v < '1999-02-01 00:00:00.000001'", "1999-02-01 00:00:00.0000009", "1999-02-01 00:00:00.000001" },
        { "timestamptz", "v < '2026-02-01Z'", "2026-01-31T23:59:59.999999Z", "2026-02-01T00:00:00Z" },
        { "uuid", "v <> '00000000-0000-0000-0000-000000000000'", "11111111-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000" },
        { "jsonb", "v ? 'a'", "{\"a\":1}", "{}" },
        { "bytea", "length(v) > 1", "\\x0102", "\\x01" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Of_every_type_the_rows_that_fit_are_written_and_no_others(string type, string check, string good, string bad)
    {
        var schema = await OpenAsync($"id bigint, v {type} CHECK ({check})");
        for (var batch = 0; batch < 3; batch++)
        {
            var rejected = await CommitAsync(schema, [good], [bad], [null], [good, bad], [good, good]);
            Assert.Equal([(1, 1L), (3, 2L)], rejected.Select(static r => (r.Index, r.Failure.Row)));
            Assert.All(
                rejected, static r => Assert.Contains("violates check constraint \"events_v_check\"", r.Failure.Message, StringComparison.Ordinal));
        }

        await EqualAsync(12, "SELECT count(*) FROM events");
        await EqualAsync(0, $"SELECT count(*) FROM events WHERE NOT ({check})");
    }

    [Fact]
    public async Task Once_a_check_is_known_its_rows_cost_no_copy_each()
    {
        var schema = await OpenAsync("id bigint, v integer CHECK (v >= 0)");
        string?[][] intents = [.. Enumerable.Range(-100, 200).Select(static v => (string?[])[v.ToString(CultureInfo.InvariantCulture)])];
        // More rejections one after the other than a transaction takes.
        await Assert.ThrowsAsync<WarehouseException>(() => CommitAsync(schema, intents));
        Assert.Single(await CommitAsync(schema, ["1"], ["-1"]));
        Assert.Equal(100, (await CommitAsync(schema, intents)).Count);
        await EqualAsync(101, "SELECT count(*) FROM events");
    }

    [Fact]
    public async Task A_check_that_is_dropped_or_changed_rejects_no_more()
    {
        var schema = await OpenAsync("id bigint, v integer CONSTRAINT small CHECK (v < 10)");
        for (var batch = 0; batch < 2; batch++) Assert.Single(await CommitAsync(schema, ["1"], ["20"]));
        await Database.RunAsync("ALTER TABLE events DROP CONSTRAINT small");
        Assert.Empty(await CommitAsync(schema, ["1"], ["20"]));
        await Database.RunAsync("ALTER TABLE events ADD CONSTRAINT small CHECK (v < 30)");
        for (var batch = 0; batch < 3; batch++) Assert.Equal([1], (await CommitAsync(schema, ["20"], ["40"])).Select(static r => r.Index));
    }

    [Fact]
    public async Task What_a_trigger_mends_is_not_rejected()
    {
        var schema = await OpenAsync("id bigint, v integer CHECK (v < 10)");
        for (var batch = 0; batch < 2; batch++) Assert.Single(await CommitAsync(schema, ["1"], ["20"]));
        await Database.RunAsync("""
            CREATE FUNCTION mend() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.v := least(NEW.v, 9); RETURN NEW; END$$;
            CREATE TRIGGER mend BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION mend()
            """);
        Assert.Empty(await CommitAsync(schema, ["1"], ["20"]));
        await EqualAsync(1, "SELECT count(*) FROM events WHERE v = 9");
    }

    [Theory]
    [InlineData("CHECK (tableoid <> 0 AND v < 10)")] // needs a system column
    [InlineData("CHECK (events.* IS NOT NULL AND v < 10)")] // needs the whole row
    [InlineData(", CHECK (v + id < 1000000)")] // needs two columns
    public async Task A_check_of_any_form_rejects_the_same_rows(string check)
    {
        var schema = await OpenAsync($"id bigint, v integer {check}");
        for (var batch = 0; batch < 3; batch++) Assert.Equal([1], (await CommitAsync(schema, ["1"], ["1000000"])).Select(static r => r.Index));
        await EqualAsync(3, "SELECT count(*) FROM events");
    }

    [Theory]
    [InlineData("v text COLLATE \"en-x-icu\" CHECK (v > 'a')", "B", "0")] // the column's own order
    [InlineData("v small CHECK (fits(v))", "5", "20")] // a function of the domain
    [InlineData("v integer CHECK (v < most())", "50", "200")] // a setting that a trigger changes
    [InlineData("v timestamp CHECK (isfinite(v) AND v < '2000-01-01')", "0001-01-01 00:00:00.0000003", "2026-01-01")]
    [InlineData("v timestamptz CHECK (v < clock_timestamp())", "2026-01-01T00:00:00Z", "9000-01-01T00:00:00Z")]
    public async Task A_check_that_means_something_else_outside_of_its_table_rejects_no_good_row(string column, string good, string bad)
    {
        await Database.RunAsync("""
            CREATE DOMAIN small AS integer;
            CREATE FUNCTION fits(small) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::integer < 10';
            CREATE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT false';
            CREATE FUNCTION most() RETURNS integer LANGUAGE sql STABLE AS $$SELECT coalesce(current_setting('app.most', true), '0')::integer$$;
            CREATE FUNCTION set_most() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN PERFORM set_config('app.most', '100', true); RETURN NULL; END$$
            """);
        var schema = await OpenAsync($"id bigint, {column}");
        await Database.RunAsync("CREATE TRIGGER most BEFORE INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION set_most()");
        for (var batch = 0; batch < 3; batch++) Assert.Equal([1], (await CommitAsync(schema, [good], [bad], [good])).Select(static r => r.Index));
        await EqualAsync(6, "SELECT count(*) FROM events");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_equal_keys_the_one_that_fits_is_written(bool leavesOut)
    {
        await Database.RunAsync("CREATE TABLE parents (p bigint PRIMARY KEY); INSERT INTO parents SELECT generate_series(1, 10)");
        // The first has no parent, so the key is free for the second.
        var schema = await OpenAsync("id bigint REFERENCES parents, v integer UNIQUE");
        _next = 99;
        var orphan = Rows(["1"]);
        _next = 1;
        var outcomes = await CommitAllAsync(schema, leavesOut, orphan, Rows(["1"]), Rows(["3"]));
        Assert.Equal([0], outcomes);
        await EqualAsync(2, "SELECT count(*) FROM events");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_error_whose_line_is_another_rows_rejects_its_own_row(bool leavesOut)
    {
        // The server meets the row that is too big when it writes a thousand rows, and names the last one that it has read.
        var schema = await OpenAsync("id bigint, v text");
        await Database.RunAsync("ALTER TABLE events ALTER v SET STORAGE PLAIN");
        var outcomes = await CommitAllAsync(
            schema, leavesOut, [.. Enumerable.Range(0, 1100).Select(i => Rows([i == 10 ? new string('x', 9000) : "short"]))]);
        Assert.Equal([10], outcomes);
        await EqualAsync(1099, "SELECT count(*) FROM events");
    }

    [Fact]
    public async Task A_foreign_key_and_a_unique_key_reject_their_rows_alone()
    {
        await Database.RunAsync("CREATE TABLE parents (v integer PRIMARY KEY); INSERT INTO parents SELECT generate_series(1, 50)");
        var schema = await OpenAsync("id bigint, v integer UNIQUE REFERENCES parents");
        string?[][] intents = [.. Enumerable.Range(1, 50).Select(static v => (string?[])[v.ToString(CultureInfo.InvariantCulture)])];
        intents[7] = ["99"];
        intents[30] = ["99"];
        intents[31] = ["12"];
        var rejected = await CommitAsync(schema, intents);
        Assert.Equal([7, 30, 31], rejected.Select(static r => r.Index));
        await EqualAsync(47, "SELECT count(*) FROM events");
    }

    [Fact]
    public async Task Rows_without_the_column_are_checked_with_its_default()
    {
        var schema = await OpenAsync("id bigint, v integer DEFAULT 20 CHECK (v < 10)");
        for (var batch = 0; batch < 2; batch++) Assert.Single(await CommitAsync(schema, ["1"], ["20"]));
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        rows[0].Append(1L);
        var result = await Warehouse.CommitAsync(Batch(schema, rows.Build()) with { LeavesOutRejected = true }, default);
        Assert.Single(result.Rejected);
    }

    private async Task<TableSchema> OpenAsync(string columns)
    {
        await Database.RunAsync($"CREATE TABLE events ({columns})");
        return await Warehouse.OpenAsync(Events, default);
    }

    /// <summary>One intent for each array, one row for each of its values.</summary>
    private async Task<IReadOnlyList<(int Index, WarehouseException Failure)>> CommitAsync(TableSchema schema, params string?[][] intents)
    {
        var origin = Guid.NewGuid();
        var batch = Batch(schema, Rows([null])) with
        {
            LeavesOutRejected = true,
            Intents = [.. intents.Select((values, i) =>
                new InsertIntent { Id = new IntentId(origin, i), Table = Events, Rows = RowBinder.Bind(Rows(values), schema).Rows! })],
        };
        var result = await Warehouse.CommitAsync(batch, default);
        return [.. result.Rejected.Select(static failure => ((int)failure.Intent!.Value.Sequence, failure)).OrderBy(static r => r.Item1)];
    }

    /// <summary>Commits as a table's grain does, and returns which intents are rejected.</summary>
    private async Task<IEnumerable<int>> CommitAllAsync(TableSchema schema, bool leavesOut, params RowBlock[] intents)
    {
        var retry = new TableRetry(new RetryOptions(), TimeProvider.System, new Random(1));
        var committer = new BatchCommitter(
            Warehouse, token => Warehouse.OpenAsync(Events, token), retry, TimeProvider.System, new NoCommitObserver());
        var origin = Guid.NewGuid();
        var outcomes = await committer.CommitAsync(
            Batch(schema, intents[0]) with
            {
                LeavesOutRejected = leavesOut,
                Intents = [.. intents.Select((rows, i) =>
                    new InsertIntent { Id = new IntentId(origin, i), Table = Events, Rows = RowBinder.Bind(rows, schema).Rows! })],
            },
            default);
        return outcomes.Where(static o => o.Value.Receipt!.Status == WriteStatus.Rejected).Select(static o => (int)o.Key.Sequence).Order();
    }

    private RowBlock Rows(string?[] values)
    {
        var rows = new RowBlockBuilder(Texts);
        foreach (var value in values)
        {
            rows[0].Append(_next++);
            if (value is null) rows[1].AppendNull();
            else rows[1].Append(value);
        }

        return rows.Build();
    }
}
