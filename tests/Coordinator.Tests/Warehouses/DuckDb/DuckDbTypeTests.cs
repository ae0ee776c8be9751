using System.Globalization;
using System.Numerics;
using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Tests.Warehouses.DuckDb;

public sealed class DuckDbTypeTests : IDisposable
{
    private const string Nines38 = "99999999999999999999999999999999999999";
    private const string HugeMax = "170141183460469231731687303715884105727";
    private const string HugeMin = "-170141183460469231731687303715884105728";
    private const string UHugeMax = "340282366920938463463374607431768211455";

    private static readonly TableName Events = TableName.Parse("events");
    private readonly DuckDbBench _bench = new();

    /// <summary>A type, the bound column type, the values, and DuckDB's text for them.</summary>
    public static TheoryData<string, ColumnType, object[], string[]> Values => new()
    {
        { "TINYINT", ColumnType.Int64, [-128, 0, 127], ["-128", "0", "127"] },
        { "SMALLINT", ColumnType.Int64, [-32768, 32767], ["-32768", "32767"] },
        { "INTEGER", ColumnType.Int64, [int.MinValue, int.MaxValue], ["-2147483648", "2147483647"] },
        { "BIGINT", ColumnType.Int64, [long.MinValue, long.MaxValue], ["-9223372036854775808", "9223372036854775807"] },
        { "UTINYINT", ColumnType.Int64, [0, 255], ["0", "255"] },
        { "USMALLINT", ColumnType.Int64, [0, 65535], ["0", "65535"] },
        { "UINTEGER", ColumnType.Int64, [0, 4294967295L], ["0", "4294967295"] },
        { "UBIGINT", ColumnType.Number, ["0", "9007199254740993", "18446744073709551615"], ["0", "9007199254740993", "18446744073709551615"] },
        { "UBIGINT", ColumnType.Decimal, [0m, 18446744073709551615m, 7.0m], ["0", "18446744073709551615", "7"] },
        { "HUGEINT", ColumnType.Number, [HugeMin, "0", HugeMax], [HugeMin, "0", HugeMax] },
        { "HUGEINT", ColumnType.Decimal, [decimal.MinValue, -1m], ["-79228162514264337593543950335", "-1"] },
        { "UHUGEINT", ColumnType.Number, ["0", UHugeMax], ["0", UHugeMax] },
        { "DECIMAL(4,1)", ColumnType.Number, ["-999.9", "0.1"], ["-999.9", "0.1"] },
        { "DECIMAL(18,6)", ColumnType.Number, ["123456789012.345678"], ["123456789012.345678"] },
        { "DECIMAL(28,28)", ColumnType.Number, ["0.1234567890123456789012345678"], [".1234567890123456789012345678"] },
        { "DECIMAL(28,10)", ColumnType.Decimal, [123456789012345678.0123456789m, 1.500m], ["123456789012345678.0123456789", "1.5000000000"] },
        { "DECIMAL(38,18)", ColumnType.Number, ["12345678901.123456789012345678", "-99999999999999999999.999999999999999999"],
            ["12345678901.123456789012345678", "-99999999999999999999.999999999999999999"] },
        { "DECIMAL(38,18)", ColumnType.Decimal, [12345678901.123456789012345678m], ["12345678901.123456789012345678"] },
        { "DECIMAL(38,0)", ColumnType.Number, [Nines38, "-" + Nines38], [Nines38, "-" + Nines38] },
        { "DECIMAL(38,38)", ColumnType.Number, ["0." + Nines38], ["." + Nines38] },
        { "FLOAT", ColumnType.Double, [0.1, double.PositiveInfinity], ["0.1", "inf"] },
        { "DOUBLE", ColumnType.Double, [0.1, double.MaxValue], ["0.1", "1.7976931348623157e+308"] },
        { "BOOLEAN", ColumnType.Boolean, [true, false], ["true", "false"] },
        { "VARCHAR", ColumnType.Text, ["", "Zoë 😀", "NULL"], ["", "Zoë 😀", "NULL"] },
        { "JSON", ColumnType.Json, ["{\"a\": 1.50}", "\"text\"", "null"], ["{\"a\": 1.50}", "\"text\"", "null"] },
        { "BLOB", ColumnType.Bytes, [new byte[] { 0, 255 }], ["\\x00\\xFF"] },
        { "UUID", ColumnType.Uuid, [Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")], ["00112233-4455-6677-8899-aabbccddeeff"] },
        { "DATE", ColumnType.Date, [new DateOnly(1, 1, 1), new DateOnly(9999, 12, 31)], ["0001-01-01", "9999-12-31"] },
        { "TIME", ColumnType.Text, ["00:00:00", "12:34:56.000007", "23:59:59.999999", "12:34:56.5", "24:00:00"],
            ["00:00:00", "12:34:56.000007", "23:59:59.999999", "12:34:56.5", "24:00:00"] },
        { "TIMETZ", ColumnType.Text, ["12:34:56.123456+02", "00:00:00-00:30"], ["12:34:56.123456+02", "00:00:00-00:30"] },
        { "TIMESTAMP", ColumnType.Timestamp, [Before1970(1), new DateTime(2026, 1, 1).AddTicks(19)],
            ["1969-12-31 23:59:59.999999", "2026-01-01 00:00:00.000001"] },
        { "TIMESTAMP_S", ColumnType.Timestamp, [Before1970(1), new DateTime(2026, 1, 1).AddTicks(9_999_999)],
            ["1969-12-31 23:59:59", "2026-01-01 00:00:00"] },
        { "TIMESTAMP_MS", ColumnType.Timestamp, [Before1970(1), new DateTime(2026, 1, 1).AddTicks(19_999)],
            ["1969-12-31 23:59:59.999", "2026-01-01 00:00:00.001"] },
        { "TIMESTAMP_NS", ColumnType.Text, ["2026-01-02 03:04:05.123456789", "1677-09-22 00:00:00", "1969-12-31 23:59:59.999999999"],
            ["2026-01-02 03:04:05.123456789", "1677-09-22 00:00:00", "1969-12-31 23:59:59.999999999"] },
        { "TIMESTAMPTZ", ColumnType.TimestampTz, [new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(2))], ["2026-02-03 02:05:06+00"] },
        { "INTERVAL", ColumnType.Text, ["2 months 3 days", "12:30:00.5", "-1 year"], ["2 months 3 days", "12:30:00.5", "-1 year"] },
        { "BIT", ColumnType.Text, ["0101", "00000000000000000001"], ["0101", "00000000000000000001"] },
        { "ENUM('a', 'it''s')", ColumnType.Text, ["it's", "a"], ["it's", "a"] },
    };

    /// <summary>Values that binding does not produce, or that only DuckDB can judge: refused in the second row.</summary>
    public static TheoryData<string, ColumnType, object, object> Misfits => new()
    {
        { "TINYINT", ColumnType.Int64, 1, 128 },
        { "UTINYINT", ColumnType.Int64, 1, -1 },
        { "UINTEGER", ColumnType.Int64, 1, 4294967296L },
        { "SMALLINT", ColumnType.Int64, 1, 32768 },
        { "UBIGINT", ColumnType.Number, "1", "18446744073709551616" },
        { "UBIGINT", ColumnType.Number, "1", "-1" },
        { "UBIGINT", ColumnType.Decimal, 1m, -1m },
        { "HUGEINT", ColumnType.Number, "1", "170141183460469231731687303715884105728" },
        { "UHUGEINT", ColumnType.Number, "1", "-1" },
        { "DECIMAL(4,1)", ColumnType.Number, "1", "1000" },
        { "DECIMAL(38,18)", ColumnType.Number, "1", "100000000000000000000" },
        { "DECIMAL(38,18)", ColumnType.Decimal, 1m, decimal.MaxValue },
        { "TIME", ColumnType.Text, "01:02:03", "25:00:00" },
        { "TIME", ColumnType.Text, "01:02:03", "1:02:03.1234567" },
        { "TIMETZ", ColumnType.Text, "01:02:03+00", "noon" },
        { "TIMESTAMP_NS", ColumnType.Text, "2026-01-01 00:00:00", "2300-01-01 00:00:00" },
        { "TIMESTAMP_NS", ColumnType.Text, "2026-01-01 00:00:00", "1677-09-21 23:00:00" },
        { "INTERVAL", ColumnType.Text, "1 day", "soon" },
        { "BIT", ColumnType.Text, "1", "12" },
        { "ENUM('a', 'b')", ColumnType.Text, "a", "A" },
    };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_read_back_as_it_was_bound(string type, ColumnType wire, object[] values, string[] texts)
    {
        var schema = await _bench.OpenAsync(Events, $"n integer, v {type}");
        var rows = DuckDbBench.Rows(("n", ColumnType.Int64, [.. Enumerable.Range(0, values.Length + 1)]), ("v", wire, [.. values, null]));

        await _bench.CommitAsync(schema, DuckDbBench.Insert(Events, 0, rows));

        Assert.Equal([.. texts, "∅"], await _bench.ReadAsync("SELECT coalesce(v::varchar, '∅') FROM events ORDER BY n"));
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task A_value_that_does_not_fit_is_refused_by_row_and_column(string type, ColumnType wire, object fits, object misfit)
    {
        var schema = await _bench.OpenAsync(Events, $"v {type}");

        var refused = await DuckDbBench.FailsAsync(FailureKind.Rejected, () => _bench.CommitAsync(schema,
            DuckDbBench.Insert(Events, 0, "v", wire, fits, null), DuckDbBench.Insert(Events, 1, "v", wire, fits, misfit, misfit)));

        Assert.Equal((1L, 2L, "v"), (refused.Intent!.Value.Sequence, refused.Row, refused.Column));
        Assert.DoesNotContain(Convert.ToString(misfit, CultureInfo.InvariantCulture)!, refused.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], await _bench.ReadAsync("SELECT count(*) FROM events"));
    }

    [Theory]
    [InlineData("HUGEINT", HugeMin, HugeMax)]
    [InlineData("UHUGEINT", "0", UHugeMax)]
    [InlineData("UBIGINT", "0", "18446744073709551615")]
    [InlineData("TINYINT", "-128", "127")]
    [InlineData("UTINYINT", "0", "255")]
    [InlineData("USMALLINT", "0", "65535")]
    [InlineData("UINTEGER", "0", "4294967295")]
    public async Task Binding_knows_the_limits_of_whole_numbers(string type, string least, string most)
    {
        var schema = await _bench.OpenAsync(Events, $"v {type}");
        var (below, above) = (BigInteger.Parse(least, CultureInfo.InvariantCulture) - 1, BigInteger.Parse(most, CultureInfo.InvariantCulture) + 1);

        var bound = RowBinder.Bind(DuckDbBench.Rows(("v", ColumnType.Text, [least, most])), schema);
        await _bench.CommitAsync(schema, DuckDbBench.Insert(Events, 0, bound.Rows!));
        var refused = RowBinder.Bind(DuckDbBench.Rows(("v", ColumnType.Text, [least, $"{below}", $"{above}", "1.5"])), schema);

        Assert.Equal([least, most], await _bench.ReadAsync("SELECT v::varchar FROM events"));
        Assert.Equal([2L, 3L, 4L], refused.Errors.Select(static e => e.Row));
    }

    [Theory]
    [InlineData("INTEGER[]")]
    [InlineData("VARCHAR[3]")]
    [InlineData("ENUM('a', 'b')[]")]
    [InlineData("DECIMAL(4,1)[]")]
    [InlineData("STRUCT(a INTEGER)")]
    [InlineData("MAP(VARCHAR, INTEGER)")]
    [InlineData("UNION(n INTEGER, s VARCHAR)")]
    [InlineData("BIGNUM")]
    [InlineData("VARIANT")]
    [InlineData("GEOMETRY")]
    public async Task A_type_that_cannot_be_written_exactly_is_refused_with_a_reason_and_may_be_left_out(string type)
    {
        var schema = await _bench.OpenAsync(Events, $"v {type}, n integer");

        await _bench.CommitAsync(schema, DuckDbBench.Insert(Events, 0, ("n", 7)));

        Assert.Contains($"has type {type}, which is not supported; supported are TINYINT,", schema.Find("v")!.Unwritable, StringComparison.Ordinal);
        Assert.Equal(["7 true"], await _bench.ReadAsync("SELECT n || ' ' || (v IS NULL) FROM events"));
    }

    [Fact]
    public async Task Decimals_of_both_forms_share_a_batch()
    {
        var schema = await _bench.OpenAsync(Events, "v DECIMAL(38,10), w DECIMAL(10,2)");

        await _bench.CommitAsync(schema,
            DuckDbBench.Insert(Events, 0, DuckDbBench.Rows(("v", ColumnType.Decimal, [1.5m]), ("w", ColumnType.Number, ["2.25"]))),
            DuckDbBench.Insert(Events, 1, DuckDbBench.Rows(
                ("v", ColumnType.Number, ["9999999999999999999999999999.0123456789"]), ("w", ColumnType.Decimal, [-3m]))));

        Assert.Equal(
            ["1.5000000000 2.25", "9999999999999999999999999999.0123456789 -3.00"],
            await _bench.ReadAsync("SELECT v::varchar || ' ' || w::varchar FROM events ORDER BY v"));
    }

    private static DateTime Before1970(long ticks) => new DateTime(1970, 1, 1).AddTicks(-ticks);
}
