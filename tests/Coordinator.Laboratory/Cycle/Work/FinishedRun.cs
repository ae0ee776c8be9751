namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>A committed run: its transaction, and how long it waited for its tables.</summary>
internal sealed record FinishedRun(JobRun Run, Guid BatchId, TimeSpan Waited);
