using System.Globalization;

namespace Coordinator.ClientHost.Commands;

/// <summary>Parses a duration: <c>90s</c>, <c>15m</c>, <c>1h</c>, <c>7d</c>.</summary>
internal static class Duration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>The duration; null if the text is not valid.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || UnitOf(text[^1]) is not { } unit) return null;
        if (!double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return null;
        return count <= Longest / unit ? count * unit : null;
    }

    private static TimeSpan? UnitOf(char unit) => unit switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };
}
