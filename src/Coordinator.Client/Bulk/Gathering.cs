namespace Coordinator.Client.Bulk;

/// <summary>Rows on their way from the first <c>AddAsync</c> to the receipt.</summary>
internal sealed class Gathering(long firstRow)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of the first row among all that the writer was given.</summary>
    public long FirstRow { get; } = firstRow;

    /// <summary>The rows, known once it is sent.</summary>
    public int RowCount { get; set; }

    /// <summary>True once it is full, waited long enough or was flushed: it goes as soon as there is a free place.</summary>
    public bool IsDue { get; set; }

    /// <summary>Completes when the outcome is known; never fails.</summary>
    public Task Done => _done.Task;

    public void SetDone() => _done.SetResult();
}
