using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Dates. A time of day other than midnight is refused, because it would be lost, and a zone could change the day.</summary>
internal static class ToDate
{
    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        DateOnly date;
        bool isMidnight;
        switch (source.Type)
        {
            case ColumnType.Date:
                (date, isMidnight) = (source.Date(row), true);
                break;
            case ColumnType.Timestamp:
                var timestamp = source.Timestamp(row);
                (date, isMidnight) = (DateOnly.FromDateTime(timestamp), timestamp.TimeOfDay == TimeSpan.Zero);
                break;
            default:
                if (!IsoTime.TryParse(text, out var time)) return "expected an ISO 8601 date such as 2026-01-31";
                (date, isMidnight) = (time.Date, time.IsMidnight);
                break;
        }

        if (!isMidnight) return "expected a date without a time of day";
        into.Append(date);
        return null;
    }
}
