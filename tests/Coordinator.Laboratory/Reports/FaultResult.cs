using Coordinator.Laboratory.Cluster;
using Coordinator.Laboratory.Evidence;

namespace Coordinator.Laboratory.Reports;

/// <summary>All runs of one fault with one lock mode.</summary>
internal sealed record FaultResult(string Fault, string Title, LockMode Lock, string Directory, IReadOnlyList<RunResult> Runs, RowCheck Rows,
    IReadOnlyCollection<string> Failures)
{
    public int Duplicates => Runs.Sum(static r => r.Duplicates);

    public int Overlaps => Runs.Sum(static r => r.Overlaps);

    public int Interleaved => Runs.Sum(static r => r.Interleaved);

    public double LongestStallMilliseconds => Runs.Max(static r => r.StallMilliseconds);
}
