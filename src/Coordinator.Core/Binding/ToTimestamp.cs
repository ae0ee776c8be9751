using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Dates with times. Between with and without zone UTC is meant.</summary>
internal static class ToTimestamp
{
    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        DateTime value;
        switch (source.Type)
        {
            case ColumnType.Timestamp:
                value = source.Timestamp(row);
                break;
            case ColumnType.TimestampTz:
                value = source.TimestampTz(row);
                break;
            case ColumnType.Date:
                value = source.Date(row).ToDateTime(TimeOnly.MinValue);
                break;
            default:
                if (!IsoTime.TryParse(text, out value)) return "expected ISO 8601 such as 2026-01-31T23:59:59.5Z";
                break;
        }

        if (target.Type == WarehouseType.TimestampTz) into.Append(new DateTimeOffset(value.Ticks, TimeSpan.Zero));
        else into.AppendTimestamp(value);
        return null;
    }
}
