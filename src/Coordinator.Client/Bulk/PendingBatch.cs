namespace Coordinator.Client.Bulk;

/// <summary>A batch of rows from the first <c>AddAsync</c> to the receipt.</summary>
internal sealed class PendingBatch(long firstRow)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of its first row among all rows of the writer.</summary>
    public long FirstRow { get; } = firstRow;

    /// <summary>The number of rows, known once it is sent.</summary>
    public int RowCount { get; set; }

    /// <summary>True once it is full, its linger time is over, or it was flushed: it is sent as soon as there is a free slot.</summary>
    public bool IsDue { get; set; }

    /// <summary>Completes when the outcome is known; never fails.</summary>
    public Task Done => _done.Task;

    public void SetDone() => _done.SetResult();
}
