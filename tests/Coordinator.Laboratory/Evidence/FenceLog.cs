using System.Globalization;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Counts the transactions that met a rival at a table's fence in PostgreSQL's own log, including those that never committed.</summary>
internal static class FenceLog
{
    // The server logs a fence only if a statement failed at it or waited for it longer than deadlock_timeout.
    private const string Fence = "#fence";

    /// <summary>The server's log lines about a fence within a time span.</summary>
    public static IReadOnlyList<string> Meetings(ChildProcess postgres, DateTimeOffset from, DateTimeOffset to)
    {
        var meetings = new List<string>();
        foreach (var line in postgres.Output.Split('\n'))
        {
            if (!line.Contains("still waiting", StringComparison.Ordinal) && !line.Contains("while updating tuple", StringComparison.Ordinal))
                continue;
            if (line.Split('|', 2) is not [var time, _]) continue;
            if (DateTimeOffset.TryParse(time.Replace(" UTC", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var at) && at >= from
                && at <= to) meetings.Add(line);
        }

        return meetings;
    }

    public static int CountOverlaps(ChildProcess postgres, DateTimeOffset from, DateTimeOffset to)
    {
        var transactions = new HashSet<(string Process, string Transaction)>();
        foreach (var line in postgres.Output.Split('\n'))
        {
            if (!line.Contains(Fence, StringComparison.Ordinal) || line.Split('|', 4) is not [var time, var process, var transaction, _]) continue;
            if (!DateTimeOffset.TryParse(time.Replace(" UTC", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var at)) continue;
            if (at >= from && at <= to) transactions.Add((process, transaction));
        }

        return transactions.Count;
    }
}
