using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Dates with times. Conversions between types with and without zone assume UTC. The part below the column's precision is cut off
/// towards the past.</summary>
internal static class ToTimestamp
{
    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (!TryRead(source, row, text, out var value, out _)) return "expected ISO 8601 such as 2026-01-31T23:59:59.5Z";
        value = Cut(value, target);
        if (target.Type == WarehouseType.TimestampTz) into.Append(new DateTimeOffset(value.Ticks, TimeSpan.Zero));
        else into.AppendTimestamp(value);
        return null;
    }

    /// <summary>A time in the column's precision. Ticks count from the year 1, so cutting them off never gives a later time.</summary>
    public static DateTime Cut(DateTime value, WarehouseColumn target)
    {
        if (target.Scale is not { } digits) return value;
        var unit = TimeSpan.TicksPerSecond;
        for (var i = 0; i < digits && unit > 1; i++) unit /= 10;
        return value.AddTicks(-(value.Ticks % unit));
    }

    /// <summary>A value in UTC, and the nanoseconds below 100.</summary>
    public static bool TryRead(in Column source, int row, ReadOnlySpan<byte> text, out DateTime value, out int nanoseconds)
    {
        nanoseconds = 0;
        switch (source.Type)
        {
            case ColumnType.Timestamp:
                value = source.Timestamp(row);
                return true;
            case ColumnType.TimestampTz:
                value = source.TimestampTz(row);
                return true;
            case ColumnType.Date:
                value = source.Date(row).ToDateTime(TimeOnly.MinValue);
                return true;
            default:
                value = default;
                if (!IsoTime.TryParse(text, out var time) || !time.TryGetUtc(out value)) return false;
                nanoseconds = time.Nanoseconds;
                return true;
        }
    }
}
