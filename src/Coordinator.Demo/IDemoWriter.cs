namespace Coordinator.Demo;

/// <summary>One writer of the workload. Both halves run it in the same loop: one write at a time, until its answer.</summary>
internal interface IDemoWriter : IAsyncDisposable
{
    /// <summary>Writes rows; false after a conflict.</summary>
    Task<bool> InsertAsync(IReadOnlyList<EventRow> rows, CancellationToken cancellationToken);

    /// <summary>Runs the job; false after a conflict.</summary>
    Task<bool> UpdateAsync(CancellationToken cancellationToken);
}
