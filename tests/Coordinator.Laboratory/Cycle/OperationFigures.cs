using Coordinator.Laboratory.Cycle.Proof;
using Coordinator.Laboratory.Cycle.Work;
using Npgsql;

namespace Coordinator.Laboratory.Cycle;

/// <summary>The number of operations that committed, and that the warehouse failed because of other transactions.</summary>
internal sealed record OperationFigures(
    long Inserts, long InsertConflicts, long Runs, long RunConflicts, long FewestRuns, long Reads, long ReadConflicts,
    IReadOnlyCollection<string> Failures)
{
    /// <summary>The counts of the incremental job; null without one.</summary>
    public IncrementFigures? Increments { get; init; }

    public static async Task<OperationFigures> ReadAsync(CycleSettings settings, NpgsqlDataSource evidence, CycleTables tables, WorkTally tally) =>
        Of(tally, settings.Jobs) with
        {
            Increments = settings.HasIncrements ? await IncrementFigures.ReadAsync(evidence, tables, tally.Increments.Committed) : null,
        };

    private static OperationFigures Of(WorkTally tally, int jobs) => new(
        tally.Inserts.Committed,
        tally.Inserts.Conflicts,
        tally.Runs.Committed,
        tally.Runs.Conflicts,
        Enumerable.Range(0, jobs).Min(job => tally.FinishedRuns.Count(r => r.Run.Job == job)),
        tally.Reads.Committed,
        tally.Reads.Conflicts,
        [.. tally.Failures]);
}
