using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Exact decimals: digits beyond the target's scale are rounded as warehouses do, digits before the point must fit.</summary>
internal static class ToDecimal
{
    public const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private const int MaxScale = 28;
    private static readonly decimal[] PowersOfTen = [.. Enumerable.Range(0, MaxScale + 1).Select(static n => decimal.Parse("1" + new string('0', n), CultureInfo.InvariantCulture))];

    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (!TryRead(source, row, text, out var value)) return "expected a finite number of at most 28 digits";
        if (!TryFit(value, target, out value)) return $"expected at most {target.Precision - target.Scale.GetValueOrDefault()} digits before the point";
        into.Append(value);
        return null;
    }

    /// <summary>Rounds half away from zero to the scale, and then checks the digits before the point.</summary>
    public static bool TryFit(decimal value, WarehouseColumn target, out decimal fitted)
    {
        fitted = value;
        if (target.Precision is not { } precision) return true;
        var scale = target.Scale ?? 0;
        if (scale < 0) fitted = RoundToPowerOfTen(value, -scale);
        else if (scale < value.Scale) fitted = Math.Round(value, scale, MidpointRounding.AwayFromZero);
        var whole = precision - scale;
        return fitted == 0 || whole > MaxScale || (whole >= 0 ? Math.Abs(fitted) < PowersOfTen[whole] : Math.Abs(fitted) < 1 / PowersOfTen[Math.Min(-whole, MaxScale)]);
    }

    private static decimal RoundToPowerOfTen(decimal value, int power) =>
        power > MaxScale ? 0 : Math.Round(value / PowersOfTen[power], 0, MidpointRounding.AwayFromZero) * PowersOfTen[power];

    private static bool TryRead(in Column source, int row, ReadOnlySpan<byte> text, out decimal value)
    {
        switch (source.Type)
        {
            case ColumnType.Decimal:
                value = source.Decimal(row);
                return true;
            case ColumnType.Int64:
                value = source.Int64(row);
                return true;
            case ColumnType.Double:
                // By the shortest text that reads back as the same double: (decimal) would cut it to 15 digits.
                Span<byte> digits = stackalloc byte[32];
                value = 0;
                return source.Double(row).TryFormat(digits, out var written, "R", CultureInfo.InvariantCulture)
                    && decimal.TryParse(digits[..written], Style, CultureInfo.InvariantCulture, out value);
            default:
                return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
        }
    }
}
