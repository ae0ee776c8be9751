using System.Diagnostics.Metrics;

namespace Coordinator.Core.Contention;

/// <summary>The histograms of the meter <c>Coordinator.Tables</c>: of all tables together, since a bucket for each would be too many.</summary>
internal static class TurnMetrics
{
    public const string MeterName = "Coordinator.Tables";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> Wait = Meter.CreateHistogram<double>("coordinator.turn.wait", "s", "How long the oldest of a turn had waited for it.");
    private static readonly Histogram<double> Hold = Meter.CreateHistogram<double>("coordinator.turn.hold", "s", "How long a turn had the table.");
    private static readonly Histogram<double> Commit = Meter.CreateHistogram<double>("coordinator.turn.commit", "s", "How long a transaction of inserts took in the warehouse.");

    public static void OnEnded(string kind, double waitedMilliseconds, double heldMilliseconds)
    {
        var tag = new KeyValuePair<string, object?>("kind", kind);
        Wait.Record(waitedMilliseconds / 1_000, tag);
        Hold.Record(heldMilliseconds / 1_000, tag);
    }

    public static void OnCommitted(TimeSpan took) => Commit.Record(took.TotalSeconds);
}
