namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>A run that is committed: in which transaction, and how long it waited for its tables.</summary>
internal sealed record FinishedRun(JobRun Run, Guid BatchId, TimeSpan Waited);
