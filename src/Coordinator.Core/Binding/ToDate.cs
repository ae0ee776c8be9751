using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Dates; a time of day is refused unless it is midnight, for it would be lost.</summary>
internal static class ToDate
{
    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (source.Type == ColumnType.Date)
        {
            into.Append(source.Date(row));
            return null;
        }

        DateTime value;
        if (source.Type == ColumnType.Timestamp) value = source.Timestamp(row);
        else if (!IsoTime.TryParse(text, out value)) return "expected an ISO 8601 date such as 2026-01-31";
        if (value.TimeOfDay != TimeSpan.Zero) return "expected a date without a time of day";
        into.Append(DateOnly.FromDateTime(value));
        return null;
    }
}
