using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Floating point numbers, in the range of the target.</summary>
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
                value = source.Int64(row);
                break;
            case ColumnType.Decimal:
                value = (double)source.Decimal(row);
                break;
            default:
                if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out value)) return "expected a number such as 1.5, 2e10, NaN or Infinity";
                // A number too large for a double parses as infinity; only the word may mean it.
                if (double.IsInfinity(value) && text.ContainsAnyInRange((byte)'0', (byte)'9')) return "expected a number of at most 1.8e308";
                break;
        }

        if (!IsInRange(value, target.Type)) return "expected a number of at most 3.4e38";
        into.Append(value);
        return null;
    }

    public static bool IsInRange(double value, WarehouseType type) => type != WarehouseType.Float32 || !float.IsInfinity((float)value) || double.IsInfinity(value);
}
