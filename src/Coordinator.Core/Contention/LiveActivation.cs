using Coordinator.Contention;
using Coordinator.Core.Leases;
using Coordinator.Core.Queueing;
using Coordinator.Tables;

namespace Coordinator.Core.Contention;

/// <summary>The present holders and waiters of a table at one activation. Running times are added at each change and each read, so that a turn
/// of hours is visible while it runs. Not thread-safe: the lock of its table's account protects it.</summary>
internal sealed class LiveActivation
{
    private static readonly LockView NoLock = new(LeaseState.None, "", 0);

    private readonly TableLog _log;
    private readonly ILease? _lease;
    private readonly long _openedAt;
    private List<ActiveTurn> _holders = [];

    // Null until the next turn of inserts, while the table is idle.
    private ActiveTurn? _inserts;
    private IReadOnlyList<WaitingParty> _waiters = [];
    private QueueSnapshot _queue;
    private long _heldTo;
    private long _waitedTo;
    private LeaseState? _lockState;
    private bool _wasLocked;

    public LiveActivation(TableLog log, ILease? lease, long openedAt)
    {
        (_log, _lease) = (log, lease);
        _openedAt = _heldTo = _waitedTo = openedAt;
        _wasLocked = lease is null;
    }

    public int Depth => _queue.Depth;

    public long WaitingBytes => _queue.Bytes;

    public bool HasLock => _lease is not { IsHeld: false };

    public LockView LockView => ViewOf(_lease);

    /// <summary>A lock for operators; none for an activation without one, or without an activation.</summary>
    public static LockView ViewOf(ILease? lease) => lease?.View() ?? NoLock;

    public void Begin(InsertTurn turn, in QueueSnapshot queue, Moment now)
    {
        Leave(turn.Entries[0].EnqueuedAt, isUpdate: false, now);
        _log.Begin(_inserts ??= new ActiveTurn(), turn, now);
        _holders.Add(_inserts);
        See(queue, now);
    }

    public void End(InsertTurn turn, in InsertCounts counts, in QueueSnapshot queue, Moment now)
    {
        See(queue, now);
        _log.CountTurn(counts, now.Utc);
        if (_inserts is not null && _holders.Remove(_inserts)) _log.End(_inserts, turn, counts, now);
    }

    public void Begin(in UpdateTurn turn, in QueueSnapshot queue, Moment now)
    {
        Leave(turn.EnqueuedAt, isUpdate: true, now);
        _holders.Add(_log.Begin(turn, now));
        See(queue, now);
    }

    public void End(in UpdateTurn turn, ReservationEnd end, in QueueSnapshot queue, Moment now)
    {
        See(queue, now);
        var id = turn.Id.ToString();
        if (_holders.Find(h => h.Id == id) is not { } active) return;
        _holders.Remove(active);
        _log.End(active, end, now);
    }

    /// <summary>Updates the queue, with the first waiting entries.</summary>
    public void Look(in QueueSnapshot queue, IReadOnlyList<WaitingEntry> first, Moment now)
    {
        See(queue, now);
        // While no holder has the table, inserts only collect for a batch, and the first entry is enough.
        if (Depth > 0 && _holders.Count > 0) _waiters = WaitingParty.Of(first, Depth);
        if (Depth == 0 && _holders.Count == 0) (_inserts, _holders) = (null, []);
        NoteLock(now);
    }

    /// <summary>Records the state of the lock if it has changed.</summary>
    public void NoteLock(Moment now)
    {
        if (_lease is null || LockView is var view && view.State == _lockState) return;
        _lockState = view.State;
        _log.Note(view, now.Utc);
    }

    /// <summary>Adds running times up to this moment.</summary>
    public void Accrue(Moment now) => Accrue(_queue.Oldest?.Since, _queue.Oldest?.Mode is not null, now, isCurrent: false);

    public double OldestWaitMilliseconds(Moment now) => (_queue.Oldest?.Since ?? WaitsForLockSince) is { } since ? now.Since(since) : 0;

    public IReadOnlyList<TurnHolder> Holders(Moment now)
    {
        if (WaitsForLockSince is { } since) return [new TurnHolder(TurnKind.Lock, LockView.Owner, now.Since(since))];
        return [.. _holders.Select(h => new TurnHolder(h.Kind, h.Source, now.Since(h.StartedAt), h.Id))];
    }

    public IReadOnlyList<TurnWaiter> Waiters(Moment now)
    {
        var waiters = _waiters.Count == 0 && _queue.Oldest is { Mode: null } oldest ? [WaitingParty.Of(oldest) with { Count = Depth }] : _waiters;
        return [.. waiters.Select(w => new TurnWaiter(w.Kind, w.Source, now.Since(w.Since), w.Count, w.Id))];
    }

    public IEnumerable<WaitEdge> Waits(TableName table, Moment now)
    {
        var held = _holders.Where(static h => h.IsUpdate).Select(h => Edge(h.Kind, h.Id, h.Source, true, h.StartedAt));
        var waiting = _waiters.Where(static w => w.Id.Length > 0).Select(w => Edge(w.Kind, w.Id, w.Source, false, w.Since));
        return held.Concat(waiting);

        WaitEdge Edge(TurnKind kind, string id, string source, bool isHeld, long since) =>
            new(table, id, source, kind == TurnKind.Exclusive, isHeld, now.Since(since));
    }

    /// <summary>Since when calls wait for the activation's own lock; null once it had the lock.</summary>
    private long? WaitsForLockSince
    {
        get
        {
            if (!_wasLocked) _wasLocked = HasLock;
            return _wasLocked ? null : _openedAt;
        }
    }

    /// <summary>The first entry leaves the queue for its turn.</summary>
    private void Leave(long enqueuedAt, bool isUpdate, Moment now)
    {
        Accrue(enqueuedAt, isUpdate, now, isCurrent: true);
        _queue = _queue with { Oldest = null };
    }

    private void See(in QueueSnapshot queue, Moment now)
    {
        Accrue(queue.Oldest?.Since, queue.Oldest?.Mode is not null, now, isCurrent: true);
        _queue = queue;
        if (Depth == 0 || _holders.Count == 0) _waiters = [];
    }

    private void Accrue(long? head, bool isHeadUpdate, Moment moment, bool isCurrent)
    {
        var now = moment.Timestamp;
        var waitsSince = head ?? WaitsForLockSince;
        if (_holders.Count > 0 || waitsSince is not null)
        {
            var aged = waitsSince is { } since ? (Square(moment.Since(since)) - Square(moment.Between(since, _waitedTo))) / 2 : 0;
            var blocked = 0d;
            foreach (var holder in _holders)
            {
                // Inserts behind inserts are no contention: while one batch commits, the next one collects.
                var isBlocking = head is not null && (isHeadUpdate || holder.IsUpdate);
                var blocks = isBlocking ? moment.Since(Math.Max(holder.StartedAt, Math.Max(_waitedTo, head!.Value))) : 0;
                blocked = Math.Max(blocked, blocks);
                _log.Charge(holder, moment.Since(Math.Max(holder.StartedAt, _heldTo)), blocks, moment.Utc);
            }

            _log.Charge(aged, blocked, moment.Utc);
        }

        _heldTo = now;
        // Entries that came since the last snapshot are unknown here. The next snapshot counts from their own time.
        if (isCurrent || head is not null) _waitedTo = now;
    }

    private static double Square(double milliseconds) => milliseconds * milliseconds;
}
