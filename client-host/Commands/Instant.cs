using System.Globalization;

namespace Coordinator.ClientHost.Commands;

/// <summary>Parses an instant: a duration before now, or a time, in UTC unless it has an offset.</summary>
internal static class Instant
{
    public const string Expected = "expected is how long ago, such as 90s, 15m, 1h or 7d, or a time such as 2026-07-01T12:00Z";

    /// <summary>The instant; null if the text is not valid.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (Duration.Parse(text) is { } ago) return now - ago;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant) ? instant : null;
    }
}
