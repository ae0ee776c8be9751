using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Floating point numbers: the nearest value of the target, in its range. Each is parsed once, because two steps would round
/// twice.</summary>
internal static class ToDouble
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        double value;
        switch (source.Type)
        {
            case ColumnType.Double:
                value = source.Double(row);
                break;
            case ColumnType.Int64:
                value = target.Type == WarehouseType.Float32 ? (float)source.Int64(row) : (double)source.Int64(row);
                break;
            default:
                Span<byte> written = stackalloc byte[64];
                scoped var digits = text;
                if (source.Type == ColumnType.Decimal) digits = written[..ToDecimal.Format(source, row, written)];
                if (!TryParse(digits, target.Type, out value)) return "expected a number such as 1.5, 2e10, NaN or Infinity";
                // A number that is too large parses as infinity. Only the word may mean infinity.
                if (double.IsInfinity(value) && digits.ContainsAnyInRange((byte)'0', (byte)'9')) return Expected(target.Type);
                break;
        }

        if (!IsInRange(value, target.Type)) return Expected(target.Type);
        into.Append(value);
        return null;
    }

    public static bool IsInRange(double value, WarehouseType type) =>
        type != WarehouseType.Float32 || !float.IsInfinity((float)value) || double.IsInfinity(value);

    private static string Expected(WarehouseType type) => $"expected a number of at most {(type == WarehouseType.Float32 ? "3.4e38" : "1.8e308")}";

    private static bool TryParse(ReadOnlySpan<byte> text, WarehouseType type, out double value)
    {
        if (type != WarehouseType.Float32) return double.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
        var isNumber = float.TryParse(text, Style, CultureInfo.InvariantCulture, out var single);
        value = single;
        return isNumber;
    }
}
