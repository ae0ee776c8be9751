using System.Text.Json;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Finds in the JSON logs of silos what they noted under an event's number.</summary>
internal static class SiloLog
{
    /// <summary>An update met a failure of the warehouse and tried again.</summary>
    public const int UpdateRetried = 2210;

    /// <summary>An update lost a table and started again.</summary>
    public const int UpdateRestarted = 2211;

    /// <summary>A transaction met another activation's at a fence.</summary>
    public const int Overlap = 3100;

    public static IReadOnlyList<string> Read(IEnumerable<SiloNode> nodes, int number)
    {
        var found = new List<string>();
        var mark = FormattableString.Invariant($"\"EventId\":{number},");
        foreach (var run in nodes.SelectMany(static n => n.Runs))
        {
            foreach (var line in run.Process.StandardOutput.Split('\n').Where(l => l.Contains(mark, StringComparison.Ordinal)))
            {
                using var entry = JsonDocument.Parse(line);
                found.Add($"{entry.RootElement.GetProperty("Timestamp").GetDateTimeOffset():HH:mm:ss.fff} {entry.RootElement.GetProperty("Message").GetString()}");
            }
        }

        return found;
    }
}
