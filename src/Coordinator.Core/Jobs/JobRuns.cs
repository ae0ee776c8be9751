using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Jobs;

namespace Coordinator.Core.Jobs;

/// <summary>Merges the runs that a job's grain remembers with those in the ledgers.</summary>
public static class JobRuns
{
    /// <summary>The latest runs, newest first. The ledgers are authoritative; the grain adds runs that are pending, coalesced, or
    /// failed.</summary>
    public static JobRun[] Merge(IEnumerable<JobRun> remembered, IEnumerable<LedgerRun> committed, string job, int limit)
    {
        var runs = new Dictionary<IntentId, JobRun>();
        foreach (var run in committed.Select(run => Of(run, job))) runs[run.Id] = run;
        foreach (var run in remembered)
        {
            if (runs.TryGetValue(run.Id, out var known)) runs[run.Id] = known with { SubmittedAt = run.SubmittedAt };
            else runs[run.Id] = run;
        }

        return [.. runs.Values.OrderByDescending(static run => run.Tick ?? run.SubmittedAt).Take(limit)];
    }

    private static JobRun Of(LedgerRun run, string job) => new()
    {
        Id = new IntentId(run.Range.Origin, run.Range.First),
        Status = JobRunStatus.Committed,
        Tick = JobTick.TimeOf(job, new IntentId(run.Range.Origin, run.Range.First)),
        ThroughTick = JobTick.TimeOf(job, new IntentId(run.Range.Origin, run.Range.Last)),
        StartedAt = run.StartedAt,
        EndedAt = run.Entry.CommittedAt,
        Rows = run.Range.Rows,
        BatchId = run.Entry.BatchId,
    };
}
