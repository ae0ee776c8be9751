using System.Globalization;
using System.Text.Unicode;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Times of day, exact, as the text <c>HH:mm:ss[.ffffff]</c>.</summary>
internal static class ToTime
{
    private const int MaxDigits = 6;

    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (!IsoTime.TryParseTimeOfDay(text, out var time, out var nanoseconds)) return "expected a time of day such as 23:59:59.5";
        var digits = Math.Min(target.Scale ?? MaxDigits, MaxDigits);
        var unit = TimeSpan.TicksPerSecond;
        for (var i = 0; i < digits; i++) unit /= 10;
        if (nanoseconds != 0 || time.Ticks % unit != 0) return $"expected at most {digits} digits behind the point of the seconds";
        Span<byte> written = stackalloc byte[32];
        _ = time.TryFormat(written, out var length, "hh\\:mm\\:ss", CultureInfo.InvariantCulture);
        var microseconds = time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        if (microseconds > 0)
        {
            _ = Utf8.TryWrite(written[length..], CultureInfo.InvariantCulture, $".{microseconds:D6}", out var more);
            length += more;
        }

        into.Append(written[..length]);
        return null;
    }
}
