using System.Globalization;

namespace Coordinator.Dashboard.Words;

/// <summary>Figures in short, readable form.</summary>
public static class Text
{
    /// <summary>The text for an unknown value.</summary>
    public const string None = "–";

    /// <summary>Such as <c>350 ms</c>, <c>4.2 s</c>, <c>2 min 5 s</c> or <c>1 h 3 min</c>.</summary>
    public static string Duration(double milliseconds)
    {
        if (double.IsPositiveInfinity(milliseconds)) return "over 1 h";
        if (milliseconds < 0.5) return "0 ms";
        if (milliseconds < 999.5) return Format($"{milliseconds:0} ms");
        if (milliseconds < 9_950) return Format($"{milliseconds / 1000:0.0} s");
        var seconds = (long)Math.Round(milliseconds / 1000);
        if (seconds < 60) return Format($"{seconds} s");
        if (seconds < 3600) return seconds % 60 == 0 ? Format($"{seconds / 60} min") : Format($"{seconds / 60} min {seconds % 60} s");
        var minutes = seconds / 60;
        return minutes % 60 == 0 ? Format($"{minutes / 60} h") : Format($"{minutes / 60} h {minutes % 60} min");
    }

    /// <summary>Such as <c>7</c>, <c>9,999</c>, <c>12.3 k</c> or <c>4.5 M</c>.</summary>
    public static string Count(double value) => value switch
    {
        < 9_999.5 => value.ToString("#,0", CultureInfo.InvariantCulture),
        < 999_950 => Format($"{value / 1_000:0.0} k"),
        < 999_950_000 => Format($"{value / 1_000_000:0.0} M"),
        _ => Format($"{value / 1_000_000_000:0.0} G"),
    };

    /// <summary>A rate per second; <see cref="None"/> if it is not known yet.</summary>
    public static string Rate(double? perSecond) => perSecond switch
    {
        null => None,
        > 0 and < 9.95 => Format($"{perSecond:0.0}"),
        { } rate => Count(rate),
    };

    /// <summary>Such as <c>7 kB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => Format($"{bytes} B"),
        < 1_000_000 => Format($"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => Format($"{bytes / 1e6:0.#} MB"),
        _ => Format($"{bytes / 1e9:0.#} GB"),
    };

    /// <summary>A time of day, in UTC like the silos' logs.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The same, after the date unless it is the date of <paramref name="now"/>.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.Date == now.UtcDateTime.Date ? Time(at) : at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>1 table</c> or <c>3 tables</c>.</summary>
    public static string Some(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    private static string Format(FormattableString text) => FormattableString.Invariant(text);
}
