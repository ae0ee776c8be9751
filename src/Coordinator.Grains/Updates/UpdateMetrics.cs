using System.Diagnostics.Metrics;
using Coordinator.Receipts;

namespace Coordinator.Grains.Updates;

/// <summary>The meter <c>Coordinator.Updates</c>.</summary>
internal static class UpdateMetrics
{
    public const string MeterName = "Coordinator.Updates";

    public const string Committed = "committed";
    public const string AlreadyCommitted = "already_committed";
    public const string Rejected = "rejected";
    public const string Failed = "failed";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>In seconds: from a commit of milliseconds to SQL of hours.</summary>
    private static readonly InstrumentAdvice<double> Durations =
        new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 1800, 3600, 7200] };

    /// <summary>Tag <c>outcome</c>.</summary>
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("coordinator.updates", "{run}", "Updates that ended.");

    public static readonly Counter<long> Conflicts = Meter.CreateCounter<long>(
        "coordinator.update.conflicts", "{transaction}", "Transactions of updates that the warehouse failed because of others.");
    public static readonly Counter<long> Restarts =
        Meter.CreateCounter<long>("coordinator.update.restarts", "{run}", "Updates that lost a table, were rolled back and restarted.");

    private static readonly Histogram<double> Wait =
        Meter.CreateHistogram("coordinator.update.wait", "s", "From an update's first submission to the beginning of its SQL.", advice: Durations);
    private static readonly Histogram<double> Run = Meter.CreateHistogram(
        "coordinator.update.run", "s", "From the beginning of an update's SQL to its commit, tries that conflicted included.", advice: Durations);

    public static string Outcome(WriteReceipt receipt) => receipt.Status switch
    {
        WriteStatus.Committed => Committed,
        WriteStatus.AlreadyCommitted => AlreadyCommitted,
        _ => Rejected,
    };

    public static void Ended(string outcome) => Runs.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void Ran(TimeSpan waited, TimeSpan ran)
    {
        Wait.Record(waited.TotalSeconds);
        Run.Record(ran.TotalSeconds);
    }
}
