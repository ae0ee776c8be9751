namespace Coordinator.Core.Binding;

/// <summary>A date with an optional time of day and an optional zone in ISO 8601: <c>yyyy-MM-dd</c>, then optionally <c>T</c> or a space,
/// <c>HH:mm[:ss[.f…]]</c>, then optionally <c>Z</c> or <c>±HH[[:]mm]</c>. Date, time and zone are kept as written.</summary>
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

    /// <summary>The time of day as written, cut off at 100 ns.</summary>
    public TimeSpan TimeOfDay { get; }

    /// <summary>The nanoseconds below 100 that <see cref="TimeOfDay"/> does not contain.</summary>
    public int Nanoseconds { get; }

    /// <summary>The offset from UTC, if one was written.</summary>
    public TimeSpan? Zone { get; }

    /// <summary>Whether the time is midnight or missing.</summary>
    public bool IsMidnight => TimeOfDay == TimeSpan.Zero && Nanoseconds == 0;

    /// <summary>Parses the whole UTF-8 text strictly.</summary>
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

    /// <summary>Parses a time of day without a date: <c>HH:mm[:ss[.f…]]</c>. Digits after the ninth must be zeros.</summary>
    public static bool TryParseTimeOfDay(ReadOnlySpan<byte> text, out TimeSpan timeOfDay, out int nanoseconds)
    {
        var isLong = text.Length > NineDigits && text[9..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (isLong && text[NineDigits..].IndexOfAnyExcept((byte)'0') < 0) text = text[..NineDigits];
        var isTime = TryTakeTime(ref text, out var ticks, out nanoseconds) && text.IsEmpty;
        timeOfDay = new TimeSpan(ticks);
        return isTime;
    }

    /// <summary>The time in UTC, which is also assumed without a zone; false if it is outside the years 1 to 9999.</summary>
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
        if (!TryTakeNumber(ref text, 2, out var hour) || hour > 23 || !TryTake(ref text, ':') || !TryTakeNumber(ref text, 2, out var minute)
            || minute > 59)
            return false;
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
