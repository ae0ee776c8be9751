using System.Globalization;
using System.Text.Unicode;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Dates with times to the nanosecond, as the text <c>yyyy-MM-dd HH:mm:ss[.fffffffff]</c> in UTC.</summary>
internal static class ToTimestampNs
{
    /// <summary>The range of 64 bits of nanoseconds around 1970; at the lower end DuckDB requires a whole day.</summary>
    private static readonly DateTime First = new(1677, 9, 22);
    private static readonly DateTime Last = new DateTime(2262, 4, 11, 23, 47, 16).AddTicks(854_775_8);
    private const int LastNanoseconds = 6;

    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (!ToTimestamp.TryRead(source, row, text, out var value, out var nanoseconds))
            return "expected ISO 8601 such as 2026-01-31T23:59:59.123456789Z";
        if (value < First || value > Last || (value == Last && nanoseconds > LastNanoseconds)) return "expected a time from 1677-09-22 to 2262-04-11";
        Span<byte> written = stackalloc byte[32];
        _ = value.TryFormat(written, out var length, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var fraction = value.Ticks % TimeSpan.TicksPerSecond * 100 + nanoseconds;
        if (fraction > 0)
        {
            _ = Utf8.TryWrite(written[length..], CultureInfo.InvariantCulture, $".{fraction:D9}", out var more);
            length += more;
        }

        into.Append(written[..length]);
        return null;
    }
}
