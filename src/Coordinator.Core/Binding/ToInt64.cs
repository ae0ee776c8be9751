using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Integers, exact and in the range of the target; <c>1e3</c> and <c>1.0</c> are integers.</summary>
internal static class ToInt64
{
    /// <summary>The number of digits of the largest 64-bit number.</summary>
    private const int MostDigits = 19;

    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (!TryRead(source, row, text, out var value, out var isWhole) && !isWhole) return "expected a whole number";
        var (minimum, maximum) = target.Int64Range;
        if (value is not { } number || number < minimum || number > maximum) return $"expected a whole number of {minimum} to {maximum}";
        into.Append(number);
        return null;
    }

    /// <param name="source">The column.</param>
    /// <param name="row">The row.</param>
    /// <param name="text">The text of a value of variable width.</param>
    /// <param name="value">The value; null if there is none, or if it exceeds 64 bits.</param>
    /// <param name="isWhole">Whether the value is an integer.</param>
    private static bool TryRead(in Column source, int row, ReadOnlySpan<byte> text, out long? value, out bool isWhole)
    {
        (value, isWhole) = (null, true);
        switch (source.Type)
        {
            case ColumnType.Int64:
                value = source.Int64(row);
                break;
            case ColumnType.Double:
                var real = source.Double(row);
                isWhole = Math.Truncate(real) == real && !double.IsInfinity(real);
                // 2^63 itself is a double but not a long.
                if (isWhole && real is >= -9223372036854775808.0 and < 9223372036854775808.0) value = (long)real;
                break;
            case ColumnType.Decimal:
                var exact = source.Decimal(row);
                isWhole = decimal.Truncate(exact) == exact;
                if (isWhole && exact is >= long.MinValue and <= long.MaxValue) value = (long)exact;
                break;
            default:
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var plain)) value = plain;
                else isWhole = ExactNumber.TryParse(text, out var number) && TryWhole(number, out value);
                break;
        }

        return value is not null;
    }

    private static bool TryWhole(in ExactNumber number, out long? value)
    {
        value = null;
        if (number.Scale > 0 && number.Scale - number.TrailingZeros > 0 && number.Count > 0) return false;
        if (number.WholeDigits > MostDigits) return true;
        var magnitude = 0UL;
        for (var i = 0; i < number.WholeDigits; i++) magnitude = magnitude * 10 + (ulong)(i < number.Count ? number[i] : 0);
        if (magnitude <= long.MaxValue) value = number.IsNegative ? -(long)magnitude : (long)magnitude;
        else if (number.IsNegative && magnitude == 1UL << 63) value = long.MinValue;
        return true;
    }
}
