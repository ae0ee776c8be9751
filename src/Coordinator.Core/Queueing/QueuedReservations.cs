using Coordinator.Core.Reservations;
using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Core.Queueing;

/// <summary>The reservations of a table's queue: updates that wait for the table, and updates that hold it.</summary>
/// <param name="line">The queue's order, which updates share with inserts.</param>
/// <param name="clock">The queue's clock.</param>
/// <param name="onEnded">Called for each update that held the table and holds it no longer.</param>
internal sealed class QueuedReservations(WaitingLine line, TimeProvider clock, Action<ReservationEntry, ReservationEnd> onEnded)
{
    private readonly Dictionary<IntentId, ReservationEntry> _reservations = [];
    private readonly List<ReservationEntry> _holders = [];

    /// <summary>The updates that hold the table.</summary>
    public IReadOnlyList<ReservationEntry> Holders => _holders;

    /// <summary>An update that waits or holds; null if it does neither.</summary>
    public ReservationEntry? Find(IntentId id) => _reservations.GetValueOrDefault(id);

    /// <summary>Queues an update, joins its wait, or lengthens the reservation that it has. Completes with true once it holds the table.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pollEndsAt">When a caller that waits hears "not yet".</param>
    public Task<bool> Reserve(ReserveRequest request, long pollEndsAt)
    {
        var now = clock.GetTimestamp();
        var entry = Find(request.Id);
        var isSame = entry is not null && entry.Holder.Token == request.Holder;
        if (request.Renew && !isSame) return Task.FromResult(false);
        if (entry is not null && entry.Mode != request.Mode)
        {
            Remove(entry);
            entry = null;
        }

        if (entry is null)
        {
            entry = new ReservationEntry(request, now);
            _reservations.Add(request.Id, entry);
            line.Add(entry);
        }
        else if (!isSame)
        {
            entry.PassTo(request);
        }

        // An update that waits asks again when the poll ends; one that holds the table, when it renews.
        entry.Lease = request.Lease;
        entry.LeaseEndsAt = clock.After(now, entry.IsGranted ? request.Lease : CallTimes.LongPoll + CallTimes.Silence);
        if (entry.IsGranted || request.Renew) return Task.FromResult(entry.IsGranted);
        return entry.Join(pollEndsAt);
    }

    /// <summary>Gives the table back to an update that an earlier activation granted it to.</summary>
    public ReservationEntry Restore(RememberedReservation reservation)
    {
        if (Find(reservation.Id) is { } waiting) Remove(waiting);
        var now = clock.GetTimestamp();
        var entry = new ReservationEntry(reservation, now) { LeaseEndsAt = clock.After(now, reservation.Lease) };
        _reservations.Add(reservation.Id, entry);
        _holders.Add(entry);
        return entry;
    }

    /// <summary>Ends an update's reservation or its wait, if it is still this holder's.</summary>
    public void Release(IntentId id, HolderId holder)
    {
        if (Find(id) is { } entry && entry.Holder.Token == holder) Remove(entry);
    }

    /// <summary>Gives the table to the update at the head of the line, if those that hold it allow.</summary>
    public bool TryGrant(ReservationEntry head, OwnerToken grantor)
    {
        var isFree = _holders.Count == 0 || (head.Mode == ReservationMode.Shared && _holders[0].Mode == ReservationMode.Shared);
        if (!isFree) return false;
        line.RemoveHead();
        _holders.Add(head);
        var now = clock.GetTimestamp();
        var isHeardOf = head.IsPolled || head.Lease < CallTimes.Silence;
        head.Grant(grantor, now, clock.After(now, isHeardOf ? head.Lease : CallTimes.Silence));
        return true;
    }

    /// <summary>Answers callers that have polled long enough, and revokes what was not renewed in time or belongs to a silo that is gone.</summary>
    /// <returns>The updates that held the table and were revoked.</returns>
    public IReadOnlyList<ReservationEntry> Tick(long now, Func<SiloId, bool>? isGone)
    {
        List<ReservationEntry>? revoked = null;
        foreach (var (_, entry) in _reservations)
        {
            if (now >= entry.LeaseEndsAt || isGone?.Invoke(entry.Holder.Silo) == true) (revoked ??= []).Add(entry);
            else if (!entry.IsGranted && now >= entry.PollEndsAt) entry.Answer(false);
        }

        if (revoked is null) return [];
        foreach (var entry in revoked) Remove(entry, ReservationEnd.Revoked);
        return revoked.FindAll(static e => e.IsGranted);
    }

    /// <summary>Fails every update that waits or holds; the caller clears the line.</summary>
    public void Close(Exception reason)
    {
        foreach (var entry in _reservations.Values) entry.Fail(reason);
        foreach (var holder in _holders) onEnded(holder, ReservationEnd.Moved);
        _reservations.Clear();
        _holders.Clear();
    }

    private void Remove(ReservationEntry entry, ReservationEnd end = ReservationEnd.Released)
    {
        _reservations.Remove(entry.Id);
        if (entry.IsGranted)
        {
            _holders.Remove(entry);
            onEnded(entry, end);
        }
        else
        {
            line.Withdraw(entry);
        }

        entry.Answer(false);
    }
}
