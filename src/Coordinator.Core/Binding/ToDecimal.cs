using System.Globalization;
using System.Numerics;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Exact numbers, with the digits that were sent. A number that does not fit is refused, never rounded; trailing zeros may be
/// dropped.</summary>
internal static class ToDecimal
{
    /// <summary>The limit of PostgreSQL's <c>numeric</c> without precision.</summary>
    private const int MostWholeDigits = 131_072;
    private const int MostScale = 16_383;

    private const int MaxDecimalScale = 28;
    private static readonly decimal[] PowersOfTen =
        [.. Enumerable.Range(0, MaxDecimalScale + 1).Select(static n => decimal.Parse("1" + new string('0', n), CultureInfo.InvariantCulture))];

    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        Span<byte> written = stackalloc byte[64];
        scoped var digits = text;
        if (source.Type is ColumnType.Int64 or ColumnType.Double or ColumnType.Decimal) digits = written[..Format(source, row, written)];
        if (!ExactNumber.TryParse(digits, out var number)) return "expected a finite number such as 1234.5";
        if (Misfit(number, target) is { } expected) return expected;
        var scale = Math.Min(number.Scale, target.Precision is null ? MostScale : target.Scale ?? 0);
        return NumberText.Append(into, number, Math.Max(0, scale), mayUseExponent: target.Precision is null);
    }

    /// <summary>Whether a value can be written unchanged. If false, <see cref="Convert"/> must check it.</summary>
    public static bool IsFitting(decimal value, WarehouseColumn target)
    {
        if (target.Precision is not { } precision) return true;
        var scale = target.Scale ?? 0;
        var whole = precision - scale;
        if (scale < 0 || whole < 0 || (value.Scale > scale && decimal.Round(value, scale, MidpointRounding.ToZero) != value)) return false;
        return whole > MaxDecimalScale || Math.Abs(value) < PowersOfTen[whole];
    }

    /// <summary>A value's text: for a double the shortest text that reads back as the same value, because (decimal) would cut it to 15
    /// digits.</summary>
    public static int Format(in Column source, int row, Span<byte> into)
    {
        var invariant = CultureInfo.InvariantCulture;
        int written;
        var fits = source.Type switch
        {
            ColumnType.Int64 => source.Int64(row).TryFormat(into, out written, default, invariant),
            ColumnType.Double => source.Double(row).TryFormat(into, out written, "R", invariant),
            _ => source.Decimal(row).TryFormat(into, out written, default, invariant),
        };
        return fits ? written : throw new InvalidOperationException($"A {source.Type} value is longer than its text can be.");
    }

    private static string? Misfit(in ExactNumber number, WarehouseColumn target)
    {
        if (number.Count == 0) return NumberLimits.Misfit(BigInteger.Zero, target);
        var (whole, scale) = target.Precision is { } precision ? (precision - (target.Scale ?? 0), target.Scale ?? 0) : (MostWholeDigits, MostScale);
        if (number.Scale > scale && number.Scale - number.TrailingZeros > scale)
        {
            return scale >= 0 ? $"expected at most {scale} digits behind the point" : $"expected zeros as the last {-scale} digits before the point";
        }

        if (number.WholeDigits > whole)
        {
            return whole switch
            {
                > 0 => $"expected at most {whole} digits before the point",
                0 => "expected a number below 1",
                _ => $"expected a number below 1e{whole}",
            };
        }

        return target.Minimum is null && target.Maximum is null ? null : NumberLimits.Misfit(number, target);
    }
}
