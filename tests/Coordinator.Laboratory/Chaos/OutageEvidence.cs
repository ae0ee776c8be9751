using System.Text.Json;
using Coordinator.Laboratory.Cluster;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos;

/// <summary>What logs, metrics and answers said about outages.</summary>
internal sealed class OutageEvidence(
    IReadOnlyList<SiloNode> nodes,
    IReadOnlyCollection<(DateTimeOffset At, bool Told)> samples,
    IReadOnlyList<SentCall> calls,
    IReadOnlyCollection<StruckFault> struck)
{
    // Coordinator.Grains/Outages/OutageWatch.Log.cs: it begins, it lasts.
    private static readonly int[] Events = [2300, 2301];

    /// <summary>The words by which an answer names an outage.</summary>
    private const string Words = "fails since";

    // An answer may be older than the outage's proof.
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(8);

    // A silo that was struck shortly before may still be on its way back.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(10);

    private readonly List<DateTimeOffset> _lines =
        [.. nodes.SelectMany(static n => n.Runs).SelectMany(static run => Lines(run.Process.StandardOutput))];

    /// <summary>What was said about a fault; null if a silo was struck meanwhile. All tables may have lived there, so no other silo asked the
    /// warehouse for anything, and none was declared dead, because the membership is in the warehouse.</summary>
    public Outage? Of(StruckFault fault)
    {
        var (began, ended) = (fault.Began, fault.Ended);
        if (struck.Any(s => s.StrikesSilo(began - Aftermath, ended))) return null;
        var read = samples.Where(s => s.At >= began && s.At <= ended).ToList();
        var failed = calls.Where(c => c.Answer is CallAnswer.NotWritten or CallAnswer.Unknown && c.Text.Length > 0
            && c.Begun >= began && c.Ended >= began + Proof && c.Ended <= ended).ToList();
        return new Outage(fault.Fault.Name, began, ended, _lines.Count(at => at >= began && at <= ended),
            read.Count, read.Count(static s => s.Told), failed.Count, failed.Count(static c => c.Text.Contains(Words, StringComparison.Ordinal)));
    }

    private static IEnumerable<DateTimeOffset> Lines(string output)
    {
        foreach (var line in output.Split('\n'))
        {
            if (!line.StartsWith('{') || !Events.Any(e => line.Contains(FormattableString.Invariant($"\"EventId\":{e},"), StringComparison.Ordinal)))
                continue;
            using var entry = JsonDocument.Parse(line);
            yield return entry.RootElement.GetProperty("Timestamp").GetDateTimeOffset();
        }
    }
}
