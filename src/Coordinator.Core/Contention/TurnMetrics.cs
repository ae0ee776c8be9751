using System.Diagnostics.Metrics;
using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>The histograms of the meter <c>Coordinator.Tables</c>, over all tables, because buckets for each table would be too many.</summary>
internal static class TurnMetrics
{
    public const string MeterName = "Coordinator.Tables";

    private static readonly Meter Meter = new(MeterName);

    // The collector's default buckets begin at 5 s.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [.. DurationHistogram.UpperMilliseconds.Select(static bound => bound / 1_000)],
    };

    private static readonly KeyValuePair<string, object?>[] Kinds =
        [.. Enum.GetValues<TurnKind>().Select(static kind => new KeyValuePair<string, object?>("kind", kind.ToText()))];

    private static readonly Histogram<double> Wait =
        Meter.CreateHistogram("coordinator.turn.wait", "s", "How long the oldest of a turn had waited for it.", advice: Buckets);

    private static readonly Histogram<double> Hold =
        Meter.CreateHistogram("coordinator.turn.hold", "s", "How long a turn had the table.", advice: Buckets);

    private static readonly Histogram<double> Commit =
        Meter.CreateHistogram("coordinator.turn.commit", "s", "How long a transaction of inserts took in the warehouse.", advice: Buckets);

    public static void OnEnded(TurnKind kind, double waitedMilliseconds, double heldMilliseconds)
    {
        var tag = Kinds[(int)kind];
        Wait.Record(waitedMilliseconds / 1_000, tag);
        Hold.Record(heldMilliseconds / 1_000, tag);
    }

    public static void OnCommitted(TimeSpan took) => Commit.Record(took.TotalSeconds);
}
