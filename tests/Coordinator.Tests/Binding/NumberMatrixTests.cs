using System.Globalization;
using System.Numerics;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Tests.Binding;

/// <summary>The result of each spelling of a number in each kind of column, digit by digit; null where it is refused.</summary>
public sealed class NumberMatrixTests
{
    private const string Digits38 = "99999999999999999999999999999999999999";

    [Theory]
    [InlineData(38, 18, "12345678901.123456789012345678", "12345678901.123456789012345678")]
    [InlineData(38, 0, Digits38, Digits38)]
    [InlineData(38, 0, "-" + Digits38, "-" + Digits38)]
    [InlineData(38, 0, Digits38 + "0", null)]
    [InlineData(38, 0, "1e37", "10000000000000000000000000000000000000")]
    [InlineData(38, 0, "1e38", null)]
    [InlineData(38, 38, "0.12345678901234567890123456789012345678", "0.12345678901234567890123456789012345678")]
    [InlineData(38, 38, "1", null)]
    [InlineData(10, 2, "1e3", "1000")]
    [InlineData(10, 2, "1.5e-1", "0.15")]
    [InlineData(10, 2, "1.5E+1", "15")]
    [InlineData(10, 2, "12.3", "12.3")]
    [InlineData(10, 2, "12.30", "12.30")]
    [InlineData(10, 2, "12.3000000", "12.30")]
    [InlineData(10, 2, "12.345", null)]
    [InlineData(10, 2, "12345678.90", "12345678.90")]
    [InlineData(10, 2, "123456789", null)]
    [InlineData(10, 2, "-0", "0")]
    [InlineData(10, 2, "-0.000", "0.00")]
    [InlineData(10, 2, "0e5", "0")]
    [InlineData(10, 2, "1e-3", null)]
    [InlineData(10, 2, "100e-3", "0.10")]
    [InlineData(2, 4, "0.0099", "0.0099")]
    [InlineData(2, 4, "0.01", null)]
    [InlineData(2, 4, "0.009900", "0.0099")]
    [InlineData(2, 2, "0.99", "0.99")]
    [InlineData(2, 2, "1", null)]
    [InlineData(2, -3, "12000", "12000")]
    [InlineData(2, -3, "12e3", "12000")]
    [InlineData(2, -3, "12000.00", "12000")]
    [InlineData(2, -3, "12345", null)]
    [InlineData(2, -3, "123000", null)]
    [InlineData(10, 2, "1e131071", null)]
    [InlineData(10, 2, "1e-131071", null)]
    public void Json_and_text_into_decimals(int precision, int scale, string number, string? expected) =>
        JsonAndText(number, Block.Target(WarehouseType.Decimal) with { Precision = precision, Scale = scale }, expected);

    [Theory]
    [InlineData("123456789012345678901234567890.123456789012345678901234567890", "123456789012345678901234567890.123456789012345678901234567890")]
    [InlineData("1.50", "1.50")]
    [InlineData("1e131071", "1e131071")]
    [InlineData("-1.5e131071", "-15e131070")]
    [InlineData("1e131072", null)]
    [InlineData("1e-16383", "1e-16383")]
    [InlineData("1e-16384", null)]
    [InlineData("10e-16384", "1e-16383")]
    [InlineData("1e99", "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1e100", "1e100")]
    [InlineData("1e999999999", null)]
    [InlineData("0e-16000", "0")]
    [InlineData("0e131071", "0")]
    public void Json_and_text_into_numbers_without_limit(string number, string? expected) =>
        JsonAndText(number, Block.Target(WarehouseType.Decimal), expected);

    [Theory]
    [InlineData("+1", "1")]
    [InlineData("01.10", "1.10")]
    [InlineData(".5", "0.5")]
    [InlineData("1.", "1")]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData(".", null)]
    [InlineData("1e", null)]
    [InlineData("1_000", null)]
    [InlineData("1,5", null)]
    [InlineData("0x1", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    public void Text_may_be_looser_than_json(string number, string? expected)
    {
        Bind.Check(ColumnType.Text, number, Block.Target(WarehouseType.Decimal), expected);
        Bind.Check(ColumnType.Json, $"\"{number}\"", Block.Target(WarehouseType.Decimal), expected);
        Bind.Check(ColumnType.Json, number, Block.Target(WarehouseType.Decimal), null);
    }

    [Theory]
    [InlineData(WarehouseType.Int16, "-32768", "-32768")]
    [InlineData(WarehouseType.Int16, "-32769", null)]
    [InlineData(WarehouseType.Int32, "2147483647.000", "2147483647")]
    [InlineData(WarehouseType.Int64, "9223372036854775807", "9223372036854775807")]
    [InlineData(WarehouseType.Int64, "-9223372036854775808", "-9223372036854775808")]
    [InlineData(WarehouseType.Int64, "-9223372036854775808.0", "-9223372036854775808")]
    [InlineData(WarehouseType.Int64, "9223372036854775807.0", "9223372036854775807")]
    [InlineData(WarehouseType.Int64, "9223372036854775808.0", null)]
    [InlineData(WarehouseType.Int64, "9007199254740993", "9007199254740993")]
    [InlineData(WarehouseType.Int64, "9007199254740993e0", "9007199254740993")]
    [InlineData(WarehouseType.Int64, "1e3", "1000")]
    [InlineData(WarehouseType.Int64, "1.0", "1")]
    [InlineData(WarehouseType.Int64, "1.5", null)]
    [InlineData(WarehouseType.Int64, "15e-1", null)]
    [InlineData(WarehouseType.Int64, "150e-1", "15")]
    [InlineData(WarehouseType.Int64, "1e18", "1000000000000000000")]
    [InlineData(WarehouseType.Int64, "1e19", null)]
    [InlineData(WarehouseType.Int64, "1e131071", null)]
    [InlineData(WarehouseType.Int64, "1.00000000000000000000000000000000000001", null)]
    [InlineData(WarehouseType.Int64, "-0", "0")]
    [InlineData(WarehouseType.Int64, "0e-5", "0")]
    [InlineData(WarehouseType.Float64, "1e3", "1000")]
    [InlineData(WarehouseType.Float64, "0.1", "0.1")]
    [InlineData(WarehouseType.Float64, "9007199254740993", "9007199254740992")]
    [InlineData(WarehouseType.Float64, "1.7976931348623157e308", "1.7976931348623157E+308")]
    [InlineData(WarehouseType.Float64, "1e309", null)]
    [InlineData(WarehouseType.Float64, "1e-400", "0")]
    [InlineData(WarehouseType.Float32, "0.1", "0.10000000149011612")]
    [InlineData(WarehouseType.Float32, "3.4028235e38", "3.4028234663852886E+38")]
    [InlineData(WarehouseType.Float32, "3.5e38", null)]
    // Rounded in one step. By way of a double the result would be 1.
    [InlineData(WarehouseType.Float32, "1.00000005960464477540", "1.0000001192092896")]
    [InlineData(WarehouseType.Text, "1e3", "1e3")]
    [InlineData(WarehouseType.Text, "1.50", "1.50")]
    [InlineData(WarehouseType.Text, "-0", "-0")]
    [InlineData(WarehouseType.Text, "123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData(WarehouseType.Json, "123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData(WarehouseType.Json, "1.50", "1.50")]
    [InlineData(WarehouseType.Boolean, "1", "true")]
    [InlineData(WarehouseType.Boolean, "0", "false")]
    [InlineData(WarehouseType.Boolean, "2", null)]
    [InlineData(WarehouseType.Boolean, "1.0", null)]
    [InlineData(WarehouseType.Boolean, "-0", null)]
    [InlineData(WarehouseType.Date, "20260131", null)]
    [InlineData(WarehouseType.Timestamp, "1700000000", null)]
    [InlineData(WarehouseType.TimestampTz, "1700000000", null)]
    [InlineData(WarehouseType.Bytes, "1", null)]
    public void Json_and_text_into_other_columns(WarehouseType type, string number, string? expected) =>
        JsonAndText(number, Block.Target(type), expected);

    [Fact]
    public void A_json_number_of_32_digits_is_no_uuid() => Bind.Check(ColumnType.Json, new string('1', 32), Block.Target(WarehouseType.Uuid), null);

    [Theory]
    [InlineData("0", true)]
    [InlineData("18446744073709551615", true)]
    [InlineData("18446744073709551616", false)]
    [InlineData("-1", false)]
    [InlineData("1.0", true)]
    public void A_column_may_have_limits_of_its_own(string number, bool fits)
    {
        var target = Block.Target(WarehouseType.Decimal) with { Precision = 20, Scale = 0, Minimum = 0, Maximum = ulong.MaxValue };
        JsonAndText(number, target, fits ? number.Split('.')[0] : null);
    }

    [Theory]
    [InlineData("170141183460469231731687303715884105727", true)]
    [InlineData("170141183460469231731687303715884105728", false)]
    [InlineData("-170141183460469231731687303715884105728", true)]
    [InlineData("-170141183460469231731687303715884105729", false)]
    public void A_whole_number_of_128_bits_is_exact_to_its_last_digit(string number, bool fits)
    {
        var limit = BigInteger.Pow(2, 127);
        var target = Block.Target(WarehouseType.Decimal) with { Precision = 39, Scale = 0, Minimum = -limit, Maximum = limit - 1 };
        JsonAndText(number, target, fits ? number : null);
    }

    [Theory]
    [InlineData("255", true)]
    [InlineData("256", false)]
    [InlineData("-1", false)]
    public void Small_columns_may_have_limits_of_their_own(string number, bool fits)
    {
        var target = Block.Target(WarehouseType.Int16) with { Minimum = 0, Maximum = 255 };
        JsonAndText(number, target, fits ? number : null);
        Bind.Check(ColumnType.Int64, long.Parse(number, CultureInfo.InvariantCulture), target, fits ? number : null);
    }

    [Theory]
    [InlineData(0.1, 10, 2, "0.1")]
    [InlineData(0.125, 10, 2, null)]
    [InlineData(1e20, 38, 0, "100000000000000000000")]
    [InlineData(123456789012345.67, 20, 2, "123456789012345.67")]
    public void A_double_is_its_shortest_text_for_a_decimal(double value, int precision, int scale, string? expected) =>
        Bind.Check(ColumnType.Double, value, Block.Target(WarehouseType.Decimal) with { Precision = precision, Scale = scale }, expected);

    [Theory]
    [InlineData("0.1000000000000000055511151231257827", "0.1")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("79228162514264337593543950335", "7.922816251426434E+28")]
    public void A_decimal_is_its_nearest_double(string number, string expected) =>
        Bind.Check(ColumnType.Decimal, decimal.Parse(number, CultureInfo.InvariantCulture), Block.Target(WarehouseType.Float64), expected);

    [Theory]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("--1")]
    [InlineData("1 1")]
    [InlineData("-")]
    [InlineData("1x")]
    [InlineData("truE")]
    [InlineData("nul")]
    [InlineData("\"a")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"\t\"")]
    [InlineData("\"\\x\"")]
    [InlineData("{\"a\":}")]
    [InlineData("[1]]")]
    [InlineData("\"a\" 1")]
    [InlineData("")]
    [InlineData(" ")]
    public void What_is_no_json_is_refused_by_row_and_column_into_every_type(string token)
    {
        foreach (var type in Enum.GetValues<WarehouseType>()) Bind.Check(ColumnType.Json, token, Block.Target(type), null);
    }

    private static void JsonAndText(string number, WarehouseColumn target, string? expected)
    {
        Bind.Check(ColumnType.Json, number, target, expected);
        Bind.Check(ColumnType.Text, number, target, expected);
        if (target.Type is WarehouseType.Int16 or WarehouseType.Int32 or WarehouseType.Int64 or WarehouseType.Float32 or WarehouseType.Float64
            or WarehouseType.Decimal or WarehouseType.Text or WarehouseType.Json) Bind.Check(ColumnType.Number, number, target, expected);
    }
}
