using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Tests.Binding;

/// <summary>The result of binding one value to one type; null where it does not fit.</summary>
public sealed class ConversionTests
{
    private const string Uuid1 = "00112233-4455-6677-8899-aabbccddeeff";

    [Theory]
    [InlineData(WarehouseType.Int16, "32767", "32767")]
    [InlineData(WarehouseType.Int16, "32768", null)]
    [InlineData(WarehouseType.Int32, "-2147483648", "-2147483648")]
    [InlineData(WarehouseType.Int32, "2147483648", null)]
    [InlineData(WarehouseType.Int64, "9223372036854775807", "9223372036854775807")]
    [InlineData(WarehouseType.Int64, "9223372036854775808", null)]
    [InlineData(WarehouseType.Int64, "+7", "7")]
    [InlineData(WarehouseType.Int64, "7.0", "7")]
    [InlineData(WarehouseType.Int64, "1e3", "1000")]
    [InlineData(WarehouseType.Int64, "7.5", null)]
    [InlineData(WarehouseType.Int64, " 7", null)]
    [InlineData(WarehouseType.Int64, "7,000", null)]
    [InlineData(WarehouseType.Int64, "", null)]
    [InlineData(WarehouseType.Float64, "1.5e10", "15000000000")]
    [InlineData(WarehouseType.Float64, "NaN", "NaN")]
    [InlineData(WarehouseType.Float64, "-Infinity", "-Infinity")]
    [InlineData(WarehouseType.Float64, "1e999", null)]
    [InlineData(WarehouseType.Float32, "1e39", null)]
    [InlineData(WarehouseType.Decimal, "0.10", "0.10")]
    [InlineData(WarehouseType.Decimal, "NaN", null)]
    [InlineData(WarehouseType.Boolean, "TRUE", "true")]
    [InlineData(WarehouseType.Boolean, "f", "false")]
    [InlineData(WarehouseType.Boolean, "1", "true")]
    [InlineData(WarehouseType.Boolean, "yes", null)]
    [InlineData(WarehouseType.Timestamp, "2026-01-31", "2026-01-31 00:00:00")]
    [InlineData(WarehouseType.Timestamp, "2026-01-31T23:59", "2026-01-31 23:59:00")]
    [InlineData(WarehouseType.Timestamp, "2026-01-31 23:59:59.1234567", "2026-01-31 23:59:59.1234567")]
    [InlineData(WarehouseType.Timestamp, "2026-01-31T23:59:59+02:00", "2026-01-31 21:59:59")]
    [InlineData(WarehouseType.TimestampTz, "2026-01-31T23:59:59", "2026-01-31 23:59:59Z")]
    [InlineData(WarehouseType.TimestampTz, "2026-01-31T23:59:59-0130", "2026-02-01 01:29:59Z")]
    [InlineData(WarehouseType.TimestampTz, "0001-01-01T00:00:00+01", null)]
    [InlineData(WarehouseType.Timestamp, "2026-02-29", null)]
    [InlineData(WarehouseType.Timestamp, "2026-13-01", null)]
    [InlineData(WarehouseType.Timestamp, "31.01.2026", null)]
    [InlineData(WarehouseType.Timestamp, "2026-01-31T24:00", null)]
    [InlineData(WarehouseType.Timestamp, "2026-01-31T23:59:59.", null)]
    [InlineData(WarehouseType.Timestamp, "2026-01-31x", null)]
    [InlineData(WarehouseType.Date, "2024-02-29", "2024-02-29")]
    [InlineData(WarehouseType.Date, "2024-02-29T00:00", "2024-02-29")]
    [InlineData(WarehouseType.Date, "2024-02-29T00:01", null)]
    [InlineData(WarehouseType.Uuid, Uuid1, Uuid1)]
    [InlineData(WarehouseType.Uuid, "00112233445566778899AABBCCDDEEFF", Uuid1)]
    [InlineData(WarehouseType.Uuid, "00112233", null)]
    [InlineData(WarehouseType.Bytes, "\\x00fF", "00ff")]
    [InlineData(WarehouseType.Bytes, "\\x", "")]
    [InlineData(WarehouseType.Bytes, "\\x0", null)]
    [InlineData(WarehouseType.Bytes, "00ff", null)]
    [InlineData(WarehouseType.Json, "{\"a\":[1,2]}", "{\"a\":[1,2]}")]
    [InlineData(WarehouseType.Json, "{a:1}", null)]
    [InlineData(WarehouseType.Json, "\"\\u0000\"", null)]
    [InlineData(WarehouseType.Json, "\"\\\\u0000\"", "\"\\\\u0000\"")]
    [InlineData(WarehouseType.Json, "\"\\ud800\"", null)]
    [InlineData(WarehouseType.Json, "1 2", null)]
    [InlineData(WarehouseType.Json, "123", "123")]
    [InlineData(WarehouseType.Json, "blue", null)]
    [InlineData(WarehouseType.Json, "\"blue\"", "\"blue\"")]
    public void Text_is_read_strictly(WarehouseType to, string text, string? expected) => Check(ColumnType.Text, text, to, expected);

    [Theory]
    [InlineData(WarehouseType.Int64, "42", "42")]
    [InlineData(WarehouseType.Int64, "\"42\"", "42")]
    [InlineData(WarehouseType.Int64, "[42]", null)]
    [InlineData(WarehouseType.Int64, "42,", null)]
    [InlineData(WarehouseType.Float64, "1E2", "100")]
    [InlineData(WarehouseType.Boolean, "true", "true")]
    [InlineData(WarehouseType.Text, "\"a\\n\\u00e9\"", "a\né")]
    [InlineData(WarehouseType.Text, " \"a\" ", "a")]
    [InlineData(WarehouseType.Text, "{\"a\": 1}", "{\"a\": 1}")]
    [InlineData(WarehouseType.Text, "1.50", "1.50")]
    [InlineData(WarehouseType.Text, "\"\\u0000\"", null)]
    [InlineData(WarehouseType.Text, "true", "true")]
    [InlineData(WarehouseType.Text, "[1, 2]", "[1, 2]")]
    [InlineData(WarehouseType.Text, "\"\\ud800\"", null)]
    [InlineData(WarehouseType.Text, "\"\\ud83d\\ude00\"", "😀")]
    [InlineData(WarehouseType.Date, "\"2026-01-31\"", "2026-01-31")]
    [InlineData(WarehouseType.Boolean, "\"T\"", "true")]
    [InlineData(WarehouseType.Boolean, "[]", null)]
    [InlineData(WarehouseType.Int32, "true", null)]
    [InlineData(WarehouseType.Decimal, "false", null)]
    [InlineData(WarehouseType.Uuid, "\"" + Uuid1 + "\"", Uuid1)]
    [InlineData(WarehouseType.Bytes, "\"\\\\x00ff\"", "00ff")]
    [InlineData(WarehouseType.Json, "\"123\"", "\"123\"")]
    [InlineData(WarehouseType.Json, "\"blue\"", "\"blue\"")]
    [InlineData(WarehouseType.Json, "{\"a\": 1}", "{\"a\": 1}")]
    [InlineData(WarehouseType.Json, " [1] ", "[1]")]
    [InlineData(WarehouseType.Json, "true", "true")]
    [InlineData(WarehouseType.Json, "\"\\u0000\"", null)]
    public void Json_gives_its_scalars(WarehouseType to, string json, string? expected) => Check(ColumnType.Json, json, to, expected);

    [Theory]
    [InlineData(WarehouseType.Int64, 3.0, "3")]
    [InlineData(WarehouseType.Int64, 3.5, null)]
    [InlineData(WarehouseType.Int64, 9223372036854775808.0, null)]
    [InlineData(WarehouseType.Int64, double.NaN, null)]
    [InlineData(WarehouseType.Decimal, 0.1, "0.1")]
    [InlineData(WarehouseType.Decimal, 123456789012345.67, "123456789012345.67")]
    [InlineData(WarehouseType.Decimal, 1e29, "100000000000000000000000000000")]
    [InlineData(WarehouseType.Decimal, double.NaN, null)]
    [InlineData(WarehouseType.Decimal, double.PositiveInfinity, null)]
    [InlineData(WarehouseType.Float32, 1e39, null)]
    [InlineData(WarehouseType.Float32, double.PositiveInfinity, "Infinity")]
    [InlineData(WarehouseType.Json, 1.5, "1.5")]
    [InlineData(WarehouseType.Json, double.NaN, null)]
    [InlineData(WarehouseType.Text, 1.5, "1.5")]
    public void Doubles_fit_when_nothing_is_lost(WarehouseType to, double value, string? expected) => Check(ColumnType.Double, value, to, expected);

    [Theory]
    [InlineData(5, 2, "123.45", "123.45")]
    [InlineData(5, 2, "123.454", null)]
    [InlineData(5, 2, "123.455", null)]
    [InlineData(5, 2, "-123.455", null)]
    [InlineData(5, 2, "999.99", "999.99")]
    [InlineData(5, 2, "999.995", null)]
    [InlineData(5, 2, "1000", null)]
    [InlineData(2, 4, "0.0099", "0.0099")]
    [InlineData(2, 4, "0.01", null)]
    [InlineData(2, -3, "12000", "12000")]
    [InlineData(2, -3, "12345", null)]
    [InlineData(2, -3, "99500", null)]
    [InlineData(38, 0, "79228162514264337593543950335", "79228162514264337593543950335")]
    public void Decimals_are_refused_beyond_scale_and_precision(int precision, int scale, string text, string? expected) =>
        Check(ColumnType.Text, text, Block.Target(WarehouseType.Decimal) with { Precision = precision, Scale = scale }, expected);

    [Fact]
    public void Times_pass_between_with_and_without_zone_as_utc()
    {
        var time = new DateTime(2026, 1, 31, 12, 30, 0);
        Check(ColumnType.Timestamp, time, WarehouseType.TimestampTz, "2026-01-31 12:30:00Z");
        Check(ColumnType.TimestampTz, time, WarehouseType.Timestamp, "2026-01-31 12:30:00");
        Check(ColumnType.Date, new DateOnly(2026, 1, 31), WarehouseType.Timestamp, "2026-01-31 00:00:00");
        Check(ColumnType.Timestamp, time, WarehouseType.Date, null);
        Check(ColumnType.TimestampTz, time, WarehouseType.Text, "2026-01-31T12:30:00Z");
    }

    [Fact]
    public void Other_types_have_a_text()
    {
        Check(ColumnType.Int64, -5L, WarehouseType.Text, "-5");
        Check(ColumnType.Decimal, 1.50m, WarehouseType.Text, "1.50");
        Check(ColumnType.Boolean, true, WarehouseType.Text, "true");
        Check(ColumnType.Uuid, Guid.Parse(Uuid1), WarehouseType.Text, Uuid1);
        Check(ColumnType.Date, new DateOnly(2026, 1, 31), WarehouseType.Text, "2026-01-31");
    }

    private static void Check(ColumnType from, object value, WarehouseType to, string? expected) => Bind.Check(from, value, to, expected);

    private static void Check(ColumnType from, object value, WarehouseColumn target, string? expected) => Bind.Check(from, value, target, expected);
}
