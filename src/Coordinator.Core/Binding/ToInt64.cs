using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Whole numbers, in the range of the target.</summary>
internal static class ToInt64
{
    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (!TryRead(source, row, text, out var value)) return "expected a whole number";
        if (!IsInRange(value, target.Type)) return $"expected a whole number of {(target.Type == WarehouseType.Int16 ? "-32768 to 32767" : "-2147483648 to 2147483647")}";
        into.Append(value);
        return null;
    }

    public static bool IsInRange(long value, WarehouseType type) => type switch
    {
        WarehouseType.Int16 => value == (short)value,
        WarehouseType.Int32 => value == (int)value,
        _ => true,
    };

    private static bool TryRead(in Column source, int row, ReadOnlySpan<byte> text, out long value)
    {
        switch (source.Type)
        {
            case ColumnType.Int64:
                value = source.Int64(row);
                return true;
            case ColumnType.Double:
                return TryWhole(source.Double(row), out value);
            case ColumnType.Decimal:
                return TryWhole(source.Decimal(row), out value);
            default:
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)) return true;
                return decimal.TryParse(text, ToDecimal.Style, CultureInfo.InvariantCulture, out var number) && TryWhole(number, out value);
        }
    }

    private static bool TryWhole(double number, out long value)
    {
        // 2^63 itself is a double and no long; NaN fails every comparison.
        var whole = number is >= -9223372036854775808.0 and < 9223372036854775808.0 && Math.Truncate(number) == number;
        value = whole ? (long)number : 0;
        return whole;
    }

    private static bool TryWhole(decimal number, out long value)
    {
        var whole = number is >= long.MinValue and <= long.MaxValue && decimal.Truncate(number) == number;
        value = whole ? (long)number : 0;
        return whole;
    }
}
