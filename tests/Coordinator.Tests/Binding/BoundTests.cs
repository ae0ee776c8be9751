using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Tests.Binding;

/// <summary>Values at the ends of types, from every type that can hold them.</summary>
public sealed class BoundTests
{
    public static TheoryData<ColumnType, object, WarehouseType, string?> Values { get; } = new()
    {
        { ColumnType.Double, -9223372036854775808.0, WarehouseType.Int64, "-9223372036854775808" },
        { ColumnType.Double, 9223372036854775808.0, WarehouseType.Int64, null },
        { ColumnType.Double, -32768.0, WarehouseType.Int16, "-32768" },
        { ColumnType.Double, -32769.0, WarehouseType.Int16, null },
        { ColumnType.Double, 7.5, WarehouseType.Int64, null },
        { ColumnType.Double, double.NaN, WarehouseType.Int64, null },
        { ColumnType.Double, double.NegativeInfinity, WarehouseType.Int64, null },
        { ColumnType.Decimal, 9223372036854775807m, WarehouseType.Int64, "9223372036854775807" },
        { ColumnType.Decimal, 9223372036854775808m, WarehouseType.Int64, null },
        { ColumnType.Decimal, -9223372036854775808m, WarehouseType.Int64, "-9223372036854775808" },
        { ColumnType.Decimal, -9223372036854775809m, WarehouseType.Int64, null },
        { ColumnType.Decimal, -7.00m, WarehouseType.Int64, "-7" },
        { ColumnType.Decimal, 7.50m, WarehouseType.Int64, null },
        { ColumnType.Text, "-9223372036854775808", WarehouseType.Int64, "-9223372036854775808" },
        { ColumnType.Text, "-9223372036854775808.0", WarehouseType.Int64, "-9223372036854775808" },
        { ColumnType.Text, "-9223372036854775809.0", WarehouseType.Int64, null },
        { ColumnType.Text, "9223372036854775808.0", WarehouseType.Int64, null },
        { ColumnType.Text, "12345678901234567890", WarehouseType.Int64, null },
        { ColumnType.Text, "-7.0", WarehouseType.Int64, "-7" },
        { ColumnType.Text, "-7e2", WarehouseType.Int64, "-700" },
        { ColumnType.Text, "0.0", WarehouseType.Int64, "0" },
        { ColumnType.Text, "700e-2", WarehouseType.Int64, "7" },
        { ColumnType.Text, "701e-2", WarehouseType.Int64, null },
        { ColumnType.Int64, 16777217L, WarehouseType.Float32, "16777216" },
        { ColumnType.Int64, 16777217L, WarehouseType.Float64, "16777217" },
        { ColumnType.Int64, -7L, WarehouseType.Json, "-7" },
        { ColumnType.Double, double.PositiveInfinity, WarehouseType.Json, null },
        { ColumnType.Double, -0.5, WarehouseType.Json, "-0.5" },
        { ColumnType.Decimal, 1.50m, WarehouseType.Json, "1.50" },
        { ColumnType.Boolean, true, WarehouseType.Json, "true" },
        { ColumnType.Boolean, false, WarehouseType.Json, "false" },
        { ColumnType.Timestamp, DateTime.MinValue, WarehouseType.Timestamp, "0001-01-01 00:00:00" },
        { ColumnType.TimestampTz, DateTime.MinValue, WarehouseType.TimestampTz, "0001-01-01 00:00:00Z" },
        { ColumnType.Date, DateOnly.MinValue, WarehouseType.Date, "0001-01-01" },
        { ColumnType.Date, DateOnly.MaxValue, WarehouseType.Date, "9999-12-31" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void The_last_value_that_fits_is_written_and_the_next_one_refused(ColumnType from, object value, WarehouseType to, string? expected) =>
        Bind.Check(from, value, to, expected);

    [Theory]
    [InlineData(WarehouseType.Int16, "7.5", "expected a whole number")]
    [InlineData(WarehouseType.Int16, "seven", "expected a whole number")]
    [InlineData(WarehouseType.Int16, "32768", "expected a whole number of -32768 to 32767")]
    [InlineData(WarehouseType.Int64, "1e30", "expected a whole number of -9223372036854775808 to 9223372036854775807")]
    [InlineData(WarehouseType.Float32, "1e39", "3.4e38")]
    [InlineData(WarehouseType.Float64, "1e309", "1.8e308")]
    [InlineData(WarehouseType.Json, "{", "expected one valid JSON document")]
    [InlineData(WarehouseType.Boolean, "yes", "expected")]
    public void A_refusal_says_what_would_be_right(WarehouseType to, string value, string expected)
    {
        var error = Assert.Single(RowBinder.Bind(Block.Of(ColumnType.Text, value), Block.Table(to)).Errors);
        Assert.Contains(expected, error.Reason, StringComparison.Ordinal);
    }
}
