using System.Globalization;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Figures in Prometheus' text format.</summary>
internal static class MetricsText
{
    /// <summary>The sum of all series of a metric; null if there are none.</summary>
    public static double? Sum(string text, string metric)
    {
        var values = text.Split('\n').Where(line => IsOf(line, metric)).Select(Value).ToList();
        return values.Count == 0 ? null : values.Sum();
    }

    private static bool IsOf(string line, string metric) =>
        line.StartsWith(metric, StringComparison.Ordinal) && line.Length > metric.Length && line[metric.Length] is '{' or ' ';

    /// <summary>Of <c>name{labels} value timestamp</c>, or without labels.</summary>
    private static double Value(string line)
    {
        var rest = line[Math.Max(line.LastIndexOf('}') + 1, line.IndexOf(' ', StringComparison.Ordinal))..].Trim().Split(' ')[0];
        return double.Parse(rest, CultureInfo.InvariantCulture);
    }
}
