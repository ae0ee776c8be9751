using Coordinator.Laboratory.Cycle.Work;

namespace Coordinator.Laboratory.Cycle;

/// <summary>How many operations committed, and how many PostgreSQL failed for the sake of others.</summary>
internal sealed record OperationFigures(
    long Inserts, long InsertConflicts, long Runs, long RunConflicts, long FewestRuns, long Reads, long ReadConflicts, IReadOnlyCollection<string> Failures)
{
    public static OperationFigures Of(WorkTally tally, int jobs) => new(
        tally.Inserts.Committed,
        tally.Inserts.Conflicts,
        tally.Runs.Committed,
        tally.Runs.Conflicts,
        Enumerable.Range(0, jobs).Min(job => tally.FinishedRuns.Count(r => r.Run.Job == job)),
        tally.Reads.Committed,
        tally.Reads.Conflicts,
        [.. tally.Failures]);
}
