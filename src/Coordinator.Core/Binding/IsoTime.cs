namespace Coordinator.Core.Binding;

/// <summary>Reads ISO 8601 strictly, from UTF-8: <c>yyyy-MM-dd</c>, then perhaps <c>T</c> or a space, <c>HH:mm[:ss[.f…]]</c>, then perhaps <c>Z</c> or <c>±HH[[:]mm]</c>.</summary>
internal static class IsoTime
{
    private const int MaxFractionDigits = 9;

    /// <summary>The time in UTC where the text has a zone, else as written. Digits beyond 100 ns are cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        if (!TryTakeNumber(ref text, 4, out var year) || !TryTake(ref text, '-') || !TryTakeNumber(ref text, 2, out var month)
            || !TryTake(ref text, '-') || !TryTakeNumber(ref text, 2, out var day)) return false;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)) return false;
        var ticks = new DateTime(year, month, day).Ticks;
        if (!text.IsEmpty)
        {
            if (!TryTake(ref text, 'T') && !TryTake(ref text, ' ')) return false;
            if (!TryTakeTime(ref text, ref ticks) || !TryTakeZone(ref text, ref ticks) || !text.IsEmpty) return false;
        }

        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        value = new DateTime(ticks);
        return true;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<byte> text, ref long ticks)
    {
        if (!TryTakeNumber(ref text, 2, out var hour) || hour > 23 || !TryTake(ref text, ':') || !TryTakeNumber(ref text, 2, out var minute) || minute > 59) return false;
        ticks += hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute;
        if (!TryTake(ref text, ':')) return true;
        if (!TryTakeNumber(ref text, 2, out var second) || second > 59) return false;
        ticks += second * TimeSpan.TicksPerSecond;
        return !TryTake(ref text, '.') || TryTakeFraction(ref text, ref ticks);
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> text, ref long ticks)
    {
        var digits = 0;
        for (var unit = TimeSpan.TicksPerSecond / 10; digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9'; unit /= 10) ticks += (text[digits++] - '0') * unit;
        text = text[digits..];
        return digits is > 0 and <= MaxFractionDigits;
    }

    private static bool TryTakeZone(ref ReadOnlySpan<byte> text, ref long ticks)
    {
        if (text.IsEmpty || TryTake(ref text, 'Z')) return true;
        var east = TryTake(ref text, '+');
        if (!east && !TryTake(ref text, '-')) return false;
        if (!TryTakeNumber(ref text, 2, out var hours)) return false;
        var minutes = 0;
        if (!text.IsEmpty)
        {
            _ = TryTake(ref text, ':');
            if (!TryTakeNumber(ref text, 2, out minutes)) return false;
        }

        if (hours > 15 || minutes > 59) return false;
        ticks -= (east ? 1 : -1) * (hours * TimeSpan.TicksPerHour + minutes * TimeSpan.TicksPerMinute);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected) return false;
        text = text[1..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> text, int digits, out int number)
    {
        number = 0;
        if (text.Length < digits) return false;
        for (var i = 0; i < digits; i++)
        {
            if (text[i] is < (byte)'0' or > (byte)'9') return false;
            number = number * 10 + text[i] - '0';
        }

        text = text[digits..];
        return true;
    }
}
