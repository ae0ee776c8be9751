namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>How the workload writes. Failures are thrown.</summary>
internal interface ICycleWriter
{
    Task InsertAsync(int table, IReadOnlyList<CycleRow> rows);

    Task<FinishedRun> RunAsync(JobRun run);

    /// <summary>Runs the incremental job over a table.</summary>
    Task CountAsync(int table);
}
