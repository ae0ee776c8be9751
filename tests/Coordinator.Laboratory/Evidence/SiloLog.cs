using System.Text.Json;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Finds events by id in the JSON logs of silos.</summary>
internal static class SiloLog
{
    /// <summary>An update retried after a failure of the warehouse.</summary>
    public const int UpdateRetried = 2210;

    /// <summary>An update lost a table and restarted.</summary>
    public const int UpdateRestarted = 2211;

    /// <summary>A transaction met another activation's transaction at a fence.</summary>
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
                found.Add($"{entry.RootElement.GetProperty("Timestamp").GetDateTimeOffset():HH:mm:ss.fff} "
                    + $"{entry.RootElement.GetProperty("Message").GetString()}");
            }
        }

        return found;
    }
}
