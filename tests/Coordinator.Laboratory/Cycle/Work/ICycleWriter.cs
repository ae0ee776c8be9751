namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>How the workload writes. What fails is thrown.</summary>
internal interface ICycleWriter
{
    Task InsertAsync(int table, IReadOnlyList<CycleRow> rows);

    Task<FinishedRun> RunAsync(JobRun run);
}
