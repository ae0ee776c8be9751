using System.Collections.Concurrent;
using Coordinator.Laboratory.Load;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>What the workload knows of its own operations from their receipts.</summary>
internal sealed class WorkTally(CycleTables tables, TimeProvider clock)
{
    public Operations Inserts { get; } = new();

    public Operations Runs { get; } = new();

    public Operations Reads { get; } = new();

    /// <summary>When reads ended. They wait for no lock and no turn, so they show how fast the machine goes.</summary>
    public ConcurrentQueue<DateTime> ReadEnds { get; } = [];

    /// <summary>Runs of the incremental job.</summary>
    public Operations Increments { get; } = new();

    /// <summary>The ids of all rows with a committed receipt, including the records of runs.</summary>
    public IReadOnlyList<TableProgress> Tables { get; } =
        [.. Enumerable.Range(0, tables.Count).Select(t => new TableProgress(tables.Name(t), clock))];

    public ConcurrentQueue<FinishedRun> FinishedRuns { get; } = [];

    public ConcurrentQueue<InsertSample> Samples { get; } = [];

    /// <summary>Operations that have run for long.</summary>
    public IEnumerable<string> Slow(TimeSpan atLeast) =>
        [.. Inserts.UnderWay(atLeast), .. Runs.UnderWay(atLeast), .. Reads.UnderWay(atLeast), .. Increments.UnderWay(atLeast)];

    public IEnumerable<string> Failures => [.. Inserts.Failures, .. Runs.Failures, .. Reads.Failures, .. Increments.Failures];
}
