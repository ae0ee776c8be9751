using Coordinator.Core.Reservations;
using Coordinator.Grains;

namespace Coordinator.Core.Queueing;

/// <summary>An update that waits for the table or holds it.</summary>
public sealed class ReservationEntry : QueueEntry
{
    private TaskCompletionSource<bool>? _waiter;

    internal ReservationEntry(ReserveRequest request, long enqueuedAt)
        : base(request.Id, request.Source, enqueuedAt) =>
            (Mode, Holder, Lease) = (request.Mode, new Holder(request.Holder, request.Silo, request.Source), request.Lease);

    internal ReservationEntry(RememberedReservation reservation, long now)
        : base(reservation.Id, reservation.Holder.Source, now) =>
            (Mode, Holder, Lease, Grantor, GrantedAt, IsGranted) =
                (reservation.Mode, reservation.Holder, reservation.Lease, reservation.Grantor, now, true);

    /// <summary>Exclusive or shared.</summary>
    public ReservationMode Mode { get; }

    /// <summary>The holder or waiter.</summary>
    public Holder Holder { get; private set; }

    /// <summary>The activation that granted it; null while it waits.</summary>
    public OwnerToken Grantor { get; private set; }

    /// <summary>When it got the table, as a timestamp of the queue's clock.</summary>
    public long GrantedAt { get; private set; }

    /// <summary>True while it holds the table.</summary>
    public bool IsGranted { get; private set; }

    /// <summary>How long the reservation lasts without a renewal.</summary>
    internal TimeSpan Lease { get; set; }

    /// <summary>True while a call waits for the grant.</summary>
    internal bool IsPolled => _waiter is not null;

    /// <summary>When the update counts as gone unless it renews, as a timestamp of the queue's clock.</summary>
    internal long LeaseEndsAt { get; set; }

    /// <summary>When the caller gets "not yet".</summary>
    internal long PollEndsAt { get; private set; }

    internal override WaitingEntry ToWaiting() => new(Id, Holder.Source, EnqueuedAt, Mode);

    internal UpdateTurn ToTurn() => new(Id, Mode, Holder.Source, EnqueuedAt, GrantedAt);

    internal RememberedReservation ToRemembered() => new(Id, Mode, Holder, Grantor, Lease);

    internal Task<bool> Join(long pollEndsAt)
    {
        PollEndsAt = pollEndsAt;
        _waiter ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiter.Task;
    }

    /// <summary>Another try of the same update takes over the place; the earlier one is refused.</summary>
    internal void PassTo(ReserveRequest request)
    {
        Holder = new Holder(request.Holder, request.Silo, request.Source);
        Answer(false);
    }

    internal void Grant(OwnerToken grantor, long now, long leaseEndsAt)
    {
        (IsGranted, Grantor, GrantedAt, LeaseEndsAt) = (true, grantor, now, leaseEndsAt);
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
