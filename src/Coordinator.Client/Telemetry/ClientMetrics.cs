using System.Diagnostics.Metrics;

namespace Coordinator.Client.Telemetry;

/// <summary>The meter <c>Coordinator.Client</c>. Its tags are created once, so that the hot path does not allocate them.</summary>
internal static class ClientMetrics
{
    public const string MeterName = "Coordinator.Client";

    public static readonly KeyValuePair<string, object?> Insert = new("kind", "insert");
    public static readonly KeyValuePair<string, object?> Update = new("kind", "update");

    private static readonly Meter Meter = new(MeterName);

    private static readonly InstrumentAdvice<double> Durations =
        new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] };

    /// <summary>Tag <c>outcome</c>: see <see cref="WriteOutcome"/>.</summary>
    private static readonly Counter<long> Intents =
        Meter.CreateCounter<long>("coordinator.client.intents", "{intent}", "Writes that ended for their caller.");

    /// <summary>Tag <c>kind</c>: insert or update.</summary>
    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram("coordinator.client.duration", "s", "From a write's call to its receipt, all attempts together.", advice: Durations);

    public static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("coordinator.client.retries", "{attempt}", "Attempts that followed one that failed.");

    public static readonly Gauge<double> ClockOffset = Meter.CreateGauge<double>(
        "coordinator.client.clock_offset", "s", "How far this host's clock is ahead of the silos', where it keeps schedules.");

    public static void Ended(WriteOutcome outcome, KeyValuePair<string, object?> kind, TimeSpan lasted)
    {
        Intents.Add(1, outcome.Tag);
        Duration.Record(lasted.TotalSeconds, kind);
    }
}
