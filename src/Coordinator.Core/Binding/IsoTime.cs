namespace Coordinator.Core.Binding;

/// <summary>
/// A date, perhaps with a time of day, perhaps with a zone, as ISO 8601 writes them: <c>yyyy-MM-dd</c>, then perhaps <c>T</c> or a space,
/// <c>HH:mm[:ss[.f…]]</c>, then perhaps <c>Z</c> or <c>±HH[[:]mm]</c>. Date, time and zone are what was written.
/// </summary>
internal readonly struct IsoTime
{
    private const int MaxFractionDigits = 9;
    private const int NanosecondsPerTick = 100;

    /// <summary>The length of <c>HH:mm:ss.fffffffff</c>.</summary>
    private const int NineDigits = 18;

    private IsoTime(DateOnly date, TimeSpan timeOfDay, int nanoseconds, TimeSpan? zone) =>
        (Date, TimeOfDay, Nanoseconds, Zone) = (date, timeOfDay, nanoseconds, zone);

    /// <summary>The date as written.</summary>
    public DateOnly Date { get; }

    /// <summary>The time of day as written, to 100 ns; what is below is cut.</summary>
    public TimeSpan TimeOfDay { get; }

    /// <summary>The nanoseconds below 100 that <see cref="TimeOfDay"/> lacks.</summary>
    public int Nanoseconds { get; }

    /// <summary>The offset from UTC, if one was written.</summary>
    public TimeSpan? Zone { get; }

    /// <summary>Whether midnight was written, or no time at all.</summary>
    public bool IsMidnight => TimeOfDay == TimeSpan.Zero && Nanoseconds == 0;

    /// <summary>Reads the whole text strictly, from UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IsoTime value)
    {
        value = default;
        if (!TryTakeNumber(ref text, 4, out var year) || !TryTake(ref text, '-') || !TryTakeNumber(ref text, 2, out var month)
            || !TryTake(ref text, '-') || !TryTakeNumber(ref text, 2, out var day)) return false;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)) return false;
        var (ticks, nanoseconds, zone) = (0L, 0, (TimeSpan?)null);
        if (!text.IsEmpty)
        {
            if (!TryTake(ref text, 'T') && !TryTake(ref text, ' ')) return false;
            if (!TryTakeTime(ref text, out ticks, out nanoseconds) || !TryTakeZone(ref text, out zone) || !text.IsEmpty) return false;
        }

        value = new IsoTime(new DateOnly(year, month, day), new TimeSpan(ticks), nanoseconds, zone);
        return true;
    }

    /// <summary>Reads a time of day alone: <c>HH:mm[:ss[.f…]]</c>. Digits behind the ninth must be zeros.</summary>
    public static bool TryParseTimeOfDay(ReadOnlySpan<byte> text, out TimeSpan timeOfDay, out int nanoseconds)
    {
        var isLong = text.Length > NineDigits && text[9..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (isLong && text[NineDigits..].IndexOfAnyExcept((byte)'0') < 0) text = text[..NineDigits];
        var isTime = TryTakeTime(ref text, out var ticks, out nanoseconds) && text.IsEmpty;
        timeOfDay = new TimeSpan(ticks);
        return isTime;
    }

    /// <summary>The time in UTC, which is meant where no zone is written; false if no year from 1 to 9999 has it.</summary>
    public bool TryGetUtc(out DateTime utc)
    {
        var ticks = Date.DayNumber * TimeSpan.TicksPerDay + TimeOfDay.Ticks - Zone.GetValueOrDefault().Ticks;
        var exists = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        utc = exists ? new DateTime(ticks) : default;
        return exists;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<byte> text, out long ticks, out int nanoseconds)
    {
        (ticks, nanoseconds) = (0, 0);
        if (!TryTakeNumber(ref text, 2, out var hour) || hour > 23 || !TryTake(ref text, ':') || !TryTakeNumber(ref text, 2, out var minute) || minute > 59) return false;
        ticks = hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute;
        if (!TryTake(ref text, ':')) return true;
        if (!TryTakeNumber(ref text, 2, out var second) || second > 59) return false;
        ticks += second * TimeSpan.TicksPerSecond;
        if (!TryTake(ref text, '.')) return true;
        if (!TryTakeFraction(ref text, out var fraction)) return false;
        ticks += fraction / NanosecondsPerTick;
        nanoseconds = fraction % NanosecondsPerTick;
        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> text, out int nanoseconds)
    {
        nanoseconds = 0;
        var digits = 0;
        for (var unit = 100_000_000; digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9'; unit /= 10)
        {
            nanoseconds += (text[digits++] - '0') * unit;
        }

        text = text[digits..];
        return digits is > 0 and <= MaxFractionDigits;
    }

    private static bool TryTakeZone(ref ReadOnlySpan<byte> text, out TimeSpan? zone)
    {
        zone = null;
        if (text.IsEmpty) return true;
        zone = TimeSpan.Zero;
        if (TryTake(ref text, 'Z')) return true;
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
        zone = (east ? 1 : -1) * new TimeSpan(hours, minutes, 0);
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
