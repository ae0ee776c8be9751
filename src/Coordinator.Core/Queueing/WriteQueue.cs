using System.Runtime.CompilerServices;
using Coordinator.Core.Reservations;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Core.Queueing;

/// <summary>The order of turns at one table. Turns are first come, first served; consecutive inserts into the same columns share one; an insert
/// never overtakes a waiting update. Not thread-safe: only its grain uses it.</summary>
/// <remarks>Call <see cref="Advance"/> after every call that adds, ends or removes an entry.</remarks>
public sealed class WriteQueue
{
    private readonly TimeProvider _clock;
    private readonly ITurnObserver? _observer;
    private readonly Func<string?>? _outage;
    private readonly WaitingLine _line = new();
    private readonly QueuedInserts _inserts;

    // Null if turns have no pace.
    private readonly FlushPace? _pace;

    // Null while no update waits or holds: most tables never see one.
    private QueuedReservations? _reservations;
    private Exception? _closed;

    /// <summary>An empty queue.</summary>
    /// <param name="options">Its limits.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="observer">Hears of every turn.</param>
    /// <param name="outage">What hinders the table now, for callers that hear "pending"; null if nothing is known to.</param>
    /// <param name="siloBytes">The bytes that wait in all queues of the silo, which share their limit; null for a queue that is the only
    /// one.</param>
    public WriteQueue(
        WriteQueueOptions options, TimeProvider clock, ITurnObserver? observer = null, Func<string?>? outage = null,
        StrongBox<long>? siloBytes = null)
    {
        (_clock, _observer, _outage) = (clock, observer, outage);
        _inserts = new QueuedInserts(_line, options, clock, siloBytes, observer);
        if (options.FlushInterval > TimeSpan.Zero) _pace = new FlushPace(options, clock);
    }

    /// <summary>The entries that wait, updates included.</summary>
    public int Depth => _line.Count;

    /// <summary>True if no entry waits and no turn runs.</summary>
    public bool IsIdle => Depth == 0 && InsertTurn is null && Holders.Count == 0;

    /// <summary>The bytes of the waiting rows, in memory.</summary>
    public long WaitingBytes => _inserts.WaitingBytes;

    /// <summary>The first waiting entries, in order.</summary>
    public IReadOnlyList<WaitingEntry> FirstWaiting(int limit) => [.. _line.Entries.Take(limit).Select(static e => e.ToWaiting())];

    /// <summary>The running insert turn, or null.</summary>
    public InsertTurn? InsertTurn { get; private set; }

    /// <summary>The updates that hold the table.</summary>
    public IReadOnlyList<ReservationEntry> Holders => _reservations?.Holders ?? [];

    /// <summary>The entry that has waited longest, or null.</summary>
    public QueueEntry? Oldest => _line.Head;

    /// <summary>How long only the pace of turns keeps the head of the line; zero if nothing or something else keeps it. The caller calls
    /// <see cref="Advance"/> again after that time.</summary>
    public TimeSpan KeptByPace => InsertTurn is null && Holders.Count == 0 && _line.Head is InsertEntry && !IsFlushDue ? _pace!.Left : TimeSpan.Zero;

    /// <summary>The present state of the queue.</summary>
    public QueueSnapshot Snapshot() => new(Depth, WaitingBytes, Oldest?.ToWaiting());

    /// <summary>The receipt of an intent that waits or runs already; null if it does neither.</summary>
    /// <param name="id">The intent.</param>
    /// <param name="waited">How long the call has waited before: it polls for so much less.</param>
    public Task<WriteReceipt>? Join(IntentId id, TimeSpan waited = default) => _inserts.Find(id)?.Join(PollEnd(waited));

    /// <summary>Answers "pending" now to the callers that wait for an intent's receipt. The intent stays queued.</summary>
    public void StopWaiting(IntentId id) => _inserts.Find(id)?.Answer(WriteReceipt.Pending(id, _outage?.Invoke()));

    /// <summary>The content hash under an id that waits or runs; else null.</summary>
    public Guid? ContentOf(IntentId id) => _inserts.Find(id)?.Intent.ContentHash;

    /// <summary>True if the intent waits or runs.</summary>
    public bool Contains(IntentId id) => _inserts.Find(id) is not null;

    /// <summary>Queues an insert that is not in the queue yet.</summary>
    /// <param name="intent">The insert, with bound rows.</param>
    /// <param name="schema">The table that they were bound to.</param>
    /// <param name="waited">How long the call has waited before: it polls for so much less.</param>
    /// <returns>The receipt, or "pending" after <see cref="CallTimes.LongPoll"/>.</returns>
    /// <exception cref="QueueFullException">The queue is at its limit.</exception>
    /// <exception cref="Exception">The reason with which the queue was closed.</exception>
    public Task<WriteReceipt> Enqueue(InsertIntent intent, TableSchema? schema = null, TimeSpan waited = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (_closed is not null) throw _closed;
        return _inserts.Add(intent, schema).Join(PollEnd(waited));
    }

    /// <summary>Queues an update, joins its wait, or lengthens the reservation that it has. Answers true once it holds the table.</summary>
    /// <exception cref="Exception">The reason with which the queue was closed.</exception>
    public Task<bool> Reserve(ReserveRequest request, TimeSpan waited = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_closed is not null) throw _closed;
        return Reservations.Reserve(request, PollEnd(waited));
    }

    /// <summary>Gives the table back to updates that an earlier activation granted it to: before any turn begins.</summary>
    public void Restore(IEnumerable<RememberedReservation> reservations)
    {
        ArgumentNullException.ThrowIfNull(reservations);
        if (InsertTurn is not null || Holders.Count > 0) throw new InvalidOperationException("A turn has begun already.");
        foreach (var reservation in reservations)
        {
            var restored = Reservations.Restore(reservation);
            _observer?.OnStarted(restored.ToTurn(), Snapshot());
        }
    }

    /// <summary>The activation that granted an update; empty if none did.</summary>
    public OwnerToken GrantorOf(IntentId id) => _reservations?.Find(id)?.Grantor ?? default;

    /// <summary>Ends an update's reservation or its wait, if it is still this holder's. Unknown ids are no error.</summary>
    public void Release(IntentId id, HolderId holder) => _reservations?.Release(id, holder);

    /// <summary>Gives the table to the entries at the head of the line, if it is free for them. Updates are answered here; an insert turn is the
    /// caller's to run.</summary>
    /// <param name="grantor">The activation that lets them in.</param>
    /// <returns>The insert turn to run now, or null.</returns>
    public InsertTurn? Advance(OwnerToken grantor = default)
    {
        while (InsertTurn is null && _line.Head is { } head)
        {
            if (head is ReservationEntry reservation)
            {
                if (!Reservations.TryGrant(reservation, grantor)) return null;
                _observer?.OnStarted(reservation.ToTurn(), Snapshot());
            }
            else
            {
                if (Holders.Count > 0 || !IsFlushDue) return null;
                if (_inserts.TakeTurn() is not { } turn) continue;
                InsertTurn = turn;
                _observer?.OnStarted(turn, Snapshot());
                return turn;
            }
        }

        return null;
    }

    /// <summary>Ends the insert turn and answers every caller of it.</summary>
    /// <param name="outcomeOf">The outcome of an entry.</param>
    public void EndInsertTurn(Func<InsertEntry, IntentOutcome> outcomeOf)
    {
        ArgumentNullException.ThrowIfNull(outcomeOf);
        var turn = InsertTurn ?? throw new InvalidOperationException("No insert turn runs.");
        InsertTurn = null;
        _pace?.OnTurnEnded(turn.StartedAt);
        var counts = _inserts.End(turn, outcomeOf);
        _observer?.OnEnded(turn, counts, Snapshot());
    }

    /// <summary>What time alone brings: callers who have polled long enough are answered, late inserts are dropped, silent updates lose their
    /// place.</summary>
    /// <param name="isGone">Whether the silo of a holder, by its address, is known to be gone.</param>
    /// <returns>The updates that held the table and were revoked.</returns>
    public IReadOnlyList<ReservationEntry> Tick(Func<SiloId, bool>? isGone = null)
    {
        var now = _clock.GetTimestamp();
        _inserts.Tick(now, _outage);
        var revoked = _reservations?.Tick(now, isGone) ?? [];
        if (IsIdle) Rest();
        return revoked;
    }

    /// <summary>Fails all that wait, hold or come later, because the activation is going. An insert turn that runs is ended by its own
    /// caller.</summary>
    public void Close(Exception reason)
    {
        _closed ??= reason;
        _reservations?.Close(reason);
        _inserts.Close(reason);
        _line.Clear();
    }

    private QueuedReservations Reservations => _reservations ??= new QueuedReservations(_line, _clock, OnReservationEnded);

    /// <summary>An idle table keeps nothing of what it wrote.</summary>
    private void Rest()
    {
        _reservations = null;
        _inserts.Rest();
        _line.Clear();
    }

    /// <summary>A full batch gains nothing by waiting, and no insert gathers at the expense of an update.</summary>
    private bool IsFlushDue => _pace is null or { IsDue: true } || _inserts.IsBatchFull || Depth > _inserts.Waiting;

    private void OnReservationEnded(ReservationEntry update, ReservationEnd end) => _observer?.OnEnded(update.ToTurn(), end, Snapshot());

    // In the past for a call that has waited for longer: the next tick answers it.
    private long PollEnd(TimeSpan waited) => _clock.After(_clock.GetTimestamp(), CallTimes.LongPoll - waited);
}
