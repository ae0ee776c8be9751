using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Tests.Binding;

/// <summary>The result of each spelling of a date or time in each kind of column; null where it is refused. JSON strings are read like the same
/// text of a file.</summary>
public sealed class DateMatrixTests
{
    [Theory]
    [InlineData("2026-01-31", "2026-01-31")]
    [InlineData("2026-01-31T00:00", "2026-01-31")]
    [InlineData("2026-01-31 00:00:00", "2026-01-31")]
    [InlineData("2026-01-31T00:00:00.000000000", "2026-01-31")]
    [InlineData("2026-01-31T00:00:00Z", "2026-01-31")]
    [InlineData("2026-01-31T00:00Z", "2026-01-31")]
    [InlineData("2026-01-31T00:00:00-04:00", "2026-01-31")]
    [InlineData("2026-01-31 00:00:00+14", "2026-01-31")]
    [InlineData("2026-01-31T00:00:00.0+0530", "2026-01-31")]
    [InlineData("2026-01-31T00:00-12", "2026-01-31")]
    [InlineData("0001-01-01T00:00:00+01", "0001-01-01")]
    [InlineData("9999-12-31T00:00:00-01", "9999-12-31")]
    [InlineData("2026-01-30T20:00:00-04:00", null)]
    [InlineData("2026-01-30 20:00:00-04", null)]
    [InlineData("2026-01-30T20:00-0400", null)]
    [InlineData("2026-01-31T02:00:00.000+02:00", null)]
    [InlineData("2026-01-31T00:00:00.000000001", null)]
    [InlineData("2026-01-31T00:00:00.0000001Z", null)]
    [InlineData("2026-01-31T00:01", null)]
    [InlineData("2026-01-31T24:00", null)]
    [InlineData("2026-02-29", null)]
    [InlineData("0000-01-01", null)]
    [InlineData("2026-1-31", null)]
    [InlineData("20260131", null)]
    [InlineData("2026-01-31T", null)]
    [InlineData("2026-01-31Z", null)]
    [InlineData(" 2026-01-31", null)]
    [InlineData("infinity", null)]
    public void Into_dates(string text, string? expected) => JsonAndText(text, WarehouseType.Date, expected);

    [Theory]
    [InlineData("2026-01-31", "2026-01-31 00:00:00")]
    [InlineData("2026-01-31T12:30", "2026-01-31 12:30:00")]
    [InlineData("2026-01-31 12:30:15.5", "2026-01-31 12:30:15.5")]
    [InlineData("2026-01-30T20:00:00-04:00", "2026-01-31 00:00:00")]
    [InlineData("2026-01-31T00:30:00+0130", "2026-01-30 23:00:00")]
    [InlineData("2026-01-31T00:00:00Z", "2026-01-31 00:00:00")]
    [InlineData("1999-12-31T23:59:59.999999999", "1999-12-31 23:59:59.9999999")]
    [InlineData("1969-12-31 23:59:59.1234567891", null)]
    [InlineData("0001-01-01T00:00:00.000000199", "0001-01-01 00:00:00.0000001")]
    [InlineData("0001-01-01T00:00:00+00:01", null)]
    [InlineData("9999-12-31T23:59:59.9999999-00:01", null)]
    [InlineData("2026-01-31T12:30:60", null)]
    [InlineData("2026-01-31T12", null)]
    [InlineData("2026-01-31T12:30:15+16", null)]
    [InlineData("2026-01-31T12:30:15 +01", null)]
    [InlineData("2026-01-31T12:30:15Europe/Paris", null)]
    public void Into_times_with_and_without_zone(string text, string? expected)
    {
        JsonAndText(text, WarehouseType.Timestamp, expected);
        JsonAndText(text, WarehouseType.TimestampTz, expected is null ? null : expected + "Z");
    }

    [Theory]
    [InlineData("2026-01-31", "2026-01-31 00:00:00")]
    [InlineData("2026-01-31T12:30:15.123456789Z", "2026-01-31 12:30:15.123456789")]
    [InlineData("2026-01-31T12:30:15.1", "2026-01-31 12:30:15.100000000")]
    [InlineData("2026-01-31T12:30:15.000000001-01:00", "2026-01-31 13:30:15.000000001")]
    [InlineData("1677-09-22T00:00:00", "1677-09-22 00:00:00")]
    [InlineData("1677-09-21T23:59:59.999999999", null)]
    [InlineData("2262-04-11T23:47:16.854775806", "2262-04-11 23:47:16.854775806")]
    [InlineData("2262-04-11T23:47:16.854775807", null)]
    [InlineData("noon", null)]
    public void Into_times_of_nanoseconds(string text, string? expected) => JsonAndText(text, WarehouseType.TimestampNs, expected);

    [Theory]
    [InlineData("23:59", "23:59:00")]
    [InlineData("23:59:58", "23:59:58")]
    [InlineData("23:59:58.5", "23:59:58.500000")]
    [InlineData("23:59:58.000001", "23:59:58.000001")]
    [InlineData("23:59:58.123456000", "23:59:58.123456")]
    [InlineData("23:59:58.123456000000", "23:59:58.123456")]
    [InlineData("00:00:00.0", "00:00:00")]
    [InlineData("23:59:58.1234567", null)]
    [InlineData("23:59:58.1234560000001", null)]
    [InlineData("24:00", null)]
    [InlineData("23:60", null)]
    [InlineData("7:00", null)]
    [InlineData("23:59:58.", null)]
    [InlineData("23:59Z", null)]
    [InlineData("2026-01-31T23:59", null)]
    [InlineData("", null)]
    public void Into_times_of_day(string text, string? expected) => JsonAndText(text, WarehouseType.Time, expected);

    [Theory]
    [InlineData(0, "2026-01-31 12:30:15")]
    [InlineData(3, "2026-01-31 12:30:15.999")]
    [InlineData(6, "2026-01-31 12:30:15.999999")]
    public void What_is_below_the_columns_precision_is_cut_towards_the_past(int digits, string expected)
    {
        var time = new DateTime(2026, 1, 31, 12, 30, 15).AddTicks(9999999);
        foreach (var (type, zone) in new[] { (WarehouseType.Timestamp, ""), (WarehouseType.TimestampTz, "Z") })
        {
            var target = Block.Target(type) with { Scale = digits };
            Bind.Check(ColumnType.Timestamp, time, target, expected + zone);
            Bind.Check(ColumnType.TimestampTz, time, target, expected + zone);
            Bind.Check(ColumnType.Text, "2026-01-31T12:30:15.999999999", target, expected + zone);
            var before = expected.Replace("2026-01", "1969-12", StringComparison.Ordinal);
            Bind.Check(ColumnType.Text, "1969-12-31T12:30:15.999999999", target, before + zone);
        }
    }

    [Fact]
    public void A_time_of_day_is_exact_to_the_columns_precision()
    {
        var target = Block.Target(WarehouseType.Time) with { Scale = 3 };
        Bind.Check(ColumnType.Text, "12:30:15.123", target, "12:30:15.123000");
        Bind.Check(ColumnType.Text, "12:30:15.1234", target, null);
    }

    [Fact]
    public void Ticks_of_a_program_are_kept_to_the_nanosecond()
    {
        var time = new DateTime(2026, 1, 31, 12, 30, 15).AddTicks(1234567);
        Bind.Check(ColumnType.Timestamp, time, WarehouseType.TimestampNs, "2026-01-31 12:30:15.123456700");
        Bind.Check(ColumnType.TimestampTz, time, WarehouseType.TimestampNs, "2026-01-31 12:30:15.123456700");
        Bind.Check(ColumnType.Date, new DateOnly(2026, 1, 31), WarehouseType.TimestampNs, "2026-01-31 00:00:00");
    }

    private static void JsonAndText(string text, WarehouseType type, string? expected)
    {
        Bind.Check(ColumnType.Text, text, type, expected);
        Bind.Check(ColumnType.Json, $"\"{text}\"", type, expected);
    }
}
