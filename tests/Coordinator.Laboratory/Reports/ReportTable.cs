using System.Globalization;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Reports;

/// <summary>The results as a Markdown table, one line per fault, with lock off and on side by side.</summary>
internal static class ReportTable
{
    public static IEnumerable<string> Lines(IReadOnlyList<FaultResult> results)
    {
        yield return "| fault | runs | duplicates, off / on | overlaps, off | overlaps, on | taking turns, off / on | longest stall, off / on | "
            + "intents | lost | doubled | failed |";
        yield return "|---|---|---|---|---|---|---|---|---|---|---|";
        foreach (var fault in results.GroupBy(static r => r.Title))
        {
            var off = fault.FirstOrDefault(static r => r.Lock == LockMode.Off);
            foreach (var on in fault.Where(static r => r.Lock != LockMode.Off).DefaultIfEmpty(null)) yield return Line(fault.Key, off, on);
        }
    }

    private static string Line(string title, FaultResult? off, FaultResult? on)
    {
        FaultResult[] both = [.. new[] { off, on }.OfType<FaultResult>()];
        if (on is { Lock: LockMode.Wait }) title += " (`WhenUnavailable=Wait`)";
        return "| " + string.Join(
            " | ",
            title,
            $"{Text(off?.Runs.Count)} / {Text(on?.Runs.Count)}",
            $"{Text(off?.Duplicates)} / {Text(on?.Duplicates)}",
            Text(off?.Overlaps),
            on is null ? "" : $"**{Text(on.Overlaps)}**",
            $"{Text(off?.Interleaved)} / {Text(on?.Interleaved)}",
            $"{Seconds(off)} / {Seconds(on)}",
            Text(both.Sum(static r => r.Rows.Acknowledged)),
            Text(both.Sum(static r => r.Rows.Lost)),
            Text(both.Sum(static r => r.Rows.Doubled)),
            Text(both.Sum(static r => r.Failures.Count))) + " |";
    }

    private static string Seconds(FaultResult? result) =>
        result is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{result.LongestStallMilliseconds / 1000:0.0} s");

    private static string Text(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
