using System.Globalization;

namespace Coordinator.ClientHost.Commands;

/// <summary>An instant as people give it: how long ago, or the time itself, in UTC unless it says otherwise.</summary>
internal static class Instant
{
    public const string Expected = "expected is how long ago, such as 90s, 15m, 1h or 7d, or a time such as 2026-07-01T12:00Z";

    /// <summary>Null if it is none.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (Duration.Parse(text) is { } ago) return now - ago;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
    }
}
