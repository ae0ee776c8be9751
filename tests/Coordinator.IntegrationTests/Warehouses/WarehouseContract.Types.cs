using System.Globalization;
using Coordinator.Rows;

namespace Coordinator.IntegrationTests.Warehouses;

public abstract partial class WarehouseContract
{
    private static readonly DateTime LastMicrosecond = new(DateTime.MaxValue.Ticks - 9, DateTimeKind.Unspecified);

    /// <summary>Every type, with its edge cases.</summary>
    private static readonly RoundTrip[] RoundTrips =
    [
        new("smallint", ColumnType.Int64, [short.MinValue, (short)0, short.MaxValue, null]),
        new("integer", ColumnType.Int64, [int.MinValue, 0, int.MaxValue, null]),
        new("bigint", ColumnType.Int64, [long.MinValue, 0L, long.MaxValue, null]),
        new("real", ColumnType.Double, [float.MinValue, float.Epsilon, 0.1f, float.MaxValue, float.NaN, float.PositiveInfinity, null]),
        new("double precision", ColumnType.Double,
            [double.MinValue, double.Epsilon, 0.1, double.MaxValue, double.NaN, double.NegativeInfinity, null]),
        new("numeric(38,10)", ColumnType.Decimal,
            [-999_999_999_999_999_999.0123456789m, 0m, 0.0000000001m, 10_000m, 100_000_000m, 1_234.5m, 79_228_162_514_264_337.5935439503m, null]),
        new("numeric(18,2)", ColumnType.Decimal, [-9_999_999_999_999_999.99m, 0.01m, 100m, null]),
        new("varchar", ColumnType.Text, ["", "plain", "Zoë \u0001\t\n\r\"'\\,", "😀 ﷽ 漢字 é", "\\N", "NULL", null]),
        new("varchar(3)", ColumnType.Text, ["😀é漢", "", null]),
        new("boolean", ColumnType.Boolean, [true, false, null]),
        new("timestamp", ColumnType.Timestamp,
            [DateTime.MinValue, new DateTime(1999, 12, 31, 23, 59, 59, 999).AddMicroseconds(999), new DateTime(2000, 1, 1), LastMicrosecond, null]),
        new("timestamptz", ColumnType.TimestampTz,
            [DateTime.MinValue, new DateTime(1970, 1, 1).AddMicroseconds(-1), new DateTime(2026, 2, 28, 12, 0, 0), LastMicrosecond, null]),
        new("date", ColumnType.Date, [DateOnly.MinValue, new DateOnly(2000, 1, 1), new DateOnly(2024, 2, 29), DateOnly.MaxValue, null]),
        new("uuid", ColumnType.Uuid, [Guid.Empty, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), Guid.AllBitsSet, null]),
        new("bytea", ColumnType.Bytes, [Array.Empty<byte>(), new byte[] { 0, 1, 0x5C, 0x27, 0xFF }, null]),
        new("json", ColumnType.Json, ["{\"a\": [1, null, \"Zoë\"]}", "[]", "\"text\"", "1.50", "\"null\"", null]),
    ];

    public static TheoryData<string> ColumnTypes => [.. RoundTrips.Select(static r => r.Type)];

    [Theory]
    [MemberData(nameof(ColumnTypes))]
    public async Task Values_come_back_as_they_went_in(string type)
    {
        var trip = CaseOf(RoundTrips.Single(r => r.Type == type));
        var (sql, values) = (trip.Sql, trip.Values);
        await RunAsync($"CREATE TABLE events (id bigint, v {sql})");
        var schema = await Warehouse.OpenAsync(Events, Token);
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64), ("v", trip.Column)));
        for (var i = 0; i < values.Length; i++)
        {
            rows[0].Append((long)i);
            Append(rows[1], values[i]);
        }

        var block = rows.Build();
        if (!trip.IsConverted) Assert.Same(block, Bound(block, schema));
        await Warehouse.CommitAsync(Batch(schema, Intent(Events, NewId(), block)), Token);
        for (var i = 0; i < values.Length; i++)
        {
            var found = await ScalarAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT v FROM events WHERE id = {i}"));
            Assert.True(Same(trip.Found(values[i]), found is DBNull ? null : found), $"{sql} value {i}: {values[i]} came back as {found}");
        }
    }

    [Fact]
    public async Task Text_is_coerced_to_every_type()
    {
        await RunAsync($"CREATE TABLE events (i integer, d double precision, n numeric(10,2), b boolean, t timestamp, z timestamptz, a date, u "
            + $"{SqlOf("uuid")}, y bytea, j {SqlOf("json")})");
        var schema = await Warehouse.OpenAsync(Events, Token);
        string[] texts =
            ["-12", "1.5e3", "12.340", "t", "2026-01-31T23:59:59.5", "2026-01-31 23:59:59+01:00", "2026-01-31",
                "00112233-4455-6677-8899-aabbccddeeff", "\\x00ff", "{\"a\":1}"];
        var rows = new RowBlockBuilder(new RowSchema([.. schema.Columns.Select(c => (c.Name, ColumnType.Text))]));
        for (var i = 0; i < texts.Length; i++) rows[i].Append(texts[i]);
        await Warehouse.CommitAsync(Batch(schema, Intent(Events, NewId(), rows.Build())), Token);
        Assert.Equal(1, await CountAsync("""
            SELECT count(*) FROM events WHERE i = -12 AND d = 1500 AND n = 12.34 AND b AND t = TIMESTAMP '2026-01-31 23:59:59.5'
            AND z = TIMESTAMPTZ '2026-01-31 22:59:59+00' AND a = DATE '2026-01-31' AND u = '00112233-4455-6677-8899-aabbccddeeff'
            """));
    }

    /// <summary>Types with a time of day, and the fractional digits that they keep.</summary>
    protected virtual IReadOnlyDictionary<string, int> TimeDigits => new Dictionary<string, int> { ["timestamp"] = 6, ["timestamptz"] = 6 };

    [Theory]
    [InlineData("2026-12-31 23:59:59.9999999", ColumnType.Text)]
    [InlineData("1969-12-31 23:59:59.9999999", ColumnType.Text)]
    [InlineData("1700-12-31 23:59:59.9999999", ColumnType.Text)]
    [InlineData("2026-12-31 23:59:59.9999999", ColumnType.TimestampTz)]
    [InlineData("1969-12-31 23:59:59.9999999", ColumnType.Timestamp)]
    public async Task Times_finer_than_their_column_are_cut_towards_the_past(string text, ColumnType sent)
    {
        await RunAsync($"CREATE TABLE events ({string.Join(", ", TimeDigits.Keys.Select(static (type, i) => $"v{i} {type}"))})");
        var schema = await Warehouse.OpenAsync(Events, Token);
        var rows = new RowBlockBuilder(new RowSchema([.. schema.Columns.Select(c => (c.Name, sent))]));
        for (var i = 0; i < schema.Columns.Count; i++)
            Append(rows[i], sent == ColumnType.Text ? text : DateTime.Parse(text, CultureInfo.InvariantCulture));
        await Warehouse.CommitAsync(Batch(schema, Intent(Events, NewId(), rows.Build())), Token);
        foreach (var (digits, i) in TimeDigits.Values.Select(static (digits, i) => (digits, i)))
        {
            var expected = digits == 0 ? text[..19] : text[..(20 + digits)];
            Assert.Equal(1, await CountAsync($"SELECT count(*) FROM events WHERE v{i} = '{expected}+00'"));
        }
    }

    [Fact]
    public async Task A_row_of_several_megabytes_fits()
    {
        await RunAsync("CREATE TABLE events (id bigint, name varchar)");
        var schema = await Warehouse.OpenAsync(Events, Token);
        var rows = new RowBlockBuilder(EventColumns);
        for (var i = 0; i < 3; i++)
        {
            rows[0].Append((long)i);
            rows[1].Append(new string('x', 1_000_000 * (i + 1)));
        }

        await Warehouse.CommitAsync(Batch(schema, Intent(Events, NewId(), rows.Build())), Token);
        Assert.Equal(6_000_000, await CountAsync("SELECT sum(length(name)) FROM events"));
    }

    /// <summary>The back end's version of a case. Every back end runs every case.</summary>
    protected virtual RoundTrip CaseOf(RoundTrip general) => general;

    private string SqlOf(string type) => CaseOf(RoundTrips.Single(r => r.Type == type)).Sql;

    private static void Append(ColumnBuilder column, object? value)
    {
        switch (value)
        {
            case null: column.AppendNull(); break;
            case short or int or long: column.Append(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case float or double: column.Append(Convert.ToDouble(value, CultureInfo.InvariantCulture)); break;
            case decimal number: column.Append(number); break;
            case string text: column.Append(text); break;
            case bool flag: column.Append(flag); break;
            case DateTime time when column.Type == ColumnType.TimestampTz: column.Append(new DateTimeOffset(time.Ticks, TimeSpan.Zero)); break;
            case DateTime time: column.AppendTimestamp(time); break;
            case DateOnly date: column.Append(date); break;
            case Guid uuid: column.Append(uuid); break;
            case byte[] bytes: column.Append(bytes); break;
            default: throw new NotSupportedException($"{value.GetType()} has no column.");
        }
    }

    private static bool Same(object? expected, object? found) => (expected, found) switch
    {
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (DateTime a, DateTime b) => a.Ticks == b.Ticks,
        (DateTime a, DateTimeOffset b) => a.Ticks == b.UtcTicks,
        _ => Equals(expected, found),
    };
}
