using Coordinator.Grains;

namespace Coordinator.Core.Queueing;

/// <summary>An update that waits for the table or holds it.</summary>
public sealed class ReservationEntry : QueueEntry
{
    private TaskCompletionSource<bool>? _waiter;

    internal ReservationEntry(ReserveRequest request, long enqueuedAt)
        : base(request.Id, request.Source, enqueuedAt) => Mode = request.Mode;

    /// <summary>Alone or beside other readers.</summary>
    public ReservationMode Mode { get; }

    /// <summary>Since when it holds the table, as a timestamp of the queue's clock.</summary>
    public long GrantedAt { get; private set; }

    /// <summary>True while it holds the table.</summary>
    public bool IsGranted { get; private set; }

    /// <summary>How long the hold lasts unless renewed.</summary>
    internal TimeSpan Lease { get; set; }

    /// <summary>When the update counts as gone unless it is heard of again, as a timestamp of the queue's clock.</summary>
    internal long LeaseEndsAt { get; set; }

    /// <summary>When the caller hears "not yet".</summary>
    internal long PollEndsAt { get; private set; }

    internal Task<bool> Join(long pollEndsAt)
    {
        PollEndsAt = pollEndsAt;
        _waiter ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiter.Task;
    }

    internal void Grant(long now, long leaseEndsAt)
    {
        (IsGranted, GrantedAt, LeaseEndsAt) = (true, now, leaseEndsAt);
        Answer(true);
    }

    internal void Answer(bool granted)
    {
        _waiter?.TrySetResult(granted);
        _waiter = null;
    }

    internal void Fail(Exception exception)
    {
        _waiter?.TrySetException(exception);
        _waiter = null;
    }
}
