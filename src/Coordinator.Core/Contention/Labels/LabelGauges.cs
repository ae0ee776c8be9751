namespace Coordinator.Core.Contention.Labels;

/// <summary>The present state of the tables of one label: sums, and the longest of times.</summary>
public readonly record struct LabelGauges(
    int Activations, int QueueDepth, long QueueBytes, double OldestWaitMilliseconds, double ContentionMilliseconds)
{
    internal LabelGauges Plus(TableReading table) => new(
        Activations + table.Gauges.Activations,
        QueueDepth + table.Gauges.QueueDepth,
        QueueBytes + table.Gauges.QueueBytes,
        Math.Max(OldestWaitMilliseconds, table.Gauges.OldestWaitMilliseconds),
        Math.Max(ContentionMilliseconds, table.ContentionMilliseconds));
}
