namespace Coordinator.ClientHost.Demo;

/// <summary>One writer of the workload. Both halves have the same loop around it: one write at a time, waiting for the answer.</summary>
internal interface IDemoWriter : IAsyncDisposable
{
    /// <summary>Writes rows; false if a conflict failed them.</summary>
    Task<bool> InsertAsync(IReadOnlyList<EventRow> rows, CancellationToken cancellationToken);

    /// <summary>Runs the job; false if a conflict failed it.</summary>
    Task<bool> UpdateAsync(CancellationToken cancellationToken);
}
