using System.Text.RegularExpressions;

namespace Coordinator.TestServers;

/// <summary>The table of metrics in docs/operating.md.</summary>
public static partial class MetricsTable
{
    /// <summary>Every metric of every row.</summary>
    public static IReadOnlyList<DocumentedMetric> Read() => [.. File.ReadLines(Path.Combine(HostProgram.Root().FullName, "docs", "operating.md"))
        .SkipWhile(static line => line != "| metric | kind | unit | tags | counts |")
        .Skip(2)
        .TakeWhile(static line => line.StartsWith('|'))
        .SelectMany(static line => Metrics(line.Split('|', StringSplitOptions.TrimEntries)))];

    private static IEnumerable<DocumentedMetric> Metrics(string[] cells)
    {
        var (names, units) = (Quoted(cells[1]), Quoted(cells[3]));
        return names.Select((name, i) => new DocumentedMetric(name, cells[2], units[Math.Min(i, units.Count - 1)]));
    }

    private static List<string> Quoted(string cell) => [.. Code().Matches(cell).Select(static m => m.Groups["text"].Value)];

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Code();
}
