using Coordinator.Contention;
using Coordinator.Core.Committing;
using Coordinator.Core.Leases;
using Coordinator.Core.Queueing;
using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Contention;

/// <summary>
/// One activation's part in its table's account: who holds the table and who waits for it now. Told of every turn's start and end and once a second of what waits; times that
/// go on are added up at each of these, so that a turn of hours shows while it runs.
/// </summary>
public sealed class ActivationAccount : ITurnObserver, ICommitObserver
{
    internal static readonly LockView NoLock = new("none", "", 0);

    private const int MaxLooked = 64;

    private readonly TableAccount _table;
    private readonly ILease? _lease;
    private readonly TimeProvider _clock;
    private readonly long _openedAt;
    private readonly List<Tenure> _holders = [];
    private IReadOnlyList<WaitingParty> _waiters = [];
    private long _heldTo;
    private long _waitedTo;
    private long? _headSince;
    private bool _isHeadUpdate;
    private string _lockState = "";
    private bool _wasLocked;

    internal ActivationAccount(TableAccount table, ILease? lease, TimeProvider clock)
    {
        (_table, _lease, _clock) = (table, lease, clock);
        _openedAt = _heldTo = _waitedTo = clock.GetTimestamp();
        _wasLocked = lease is null;
    }

    internal int Depth { get; private set; }

    internal long WaitingBytes { get; private set; }

    internal bool HasLock => _lease is not { IsHeld: false };

    internal LockView LockView => _lease?.View() ?? NoLock;

    /// <summary>The activation's queue, once a second.</summary>
    public void OnTick(WriteQueue queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        lock (_table.Gate)
        {
            See_NeedsGate(queue);
            _waiters = WaitingParty.Of(queue.Waiting.Take(MaxLooked), queue.Depth);
            NoteLock_NeedsGate();
        }
    }

    /// <summary>The activation ends.</summary>
    public void Close()
    {
        lock (_table.Gate) NoteLock_NeedsGate();
        _table.Close(this);
    }

    /// <summary>An intent ended without a turn: it was found committed, or refused at the door.</summary>
    public void OnAnswered(bool isRejected)
    {
        lock (_table.Gate)
        {
            if (isRejected) _table.Sums.Rejected++;
            else _table.Sums.AlreadyCommitted++;
        }
    }

    /// <inheritdoc/>
    public void OnRetry(WarehouseException failure)
    {
        lock (_table.Gate) _table.Note_NeedsGate(TurnKinds.Insert, "", failure, isRetried: true);
    }

    /// <inheritdoc/>
    public void OnGivenUp(WarehouseException failure)
    {
        lock (_table.Gate) _table.Note_NeedsGate(TurnKinds.Insert, "", failure, isRetried: false);
    }

    /// <inheritdoc/>
    public void OnCommitted(long rows, TimeSpan took)
    {
        lock (_table.Gate)
        {
            var slot = _table.History.Now(_clock.GetUtcNow());
            slot.Batches++;
            slot.Rows += rows;
            _table.Sums.Batches++;
            _table.Sums.Rows += rows;
            _table.Commit.Add(took.TotalMilliseconds);
        }

        TurnMetrics.OnCommitted(took);
    }

    /// <inheritdoc/>
    public void OnStarted(WriteQueue queue, InsertTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var oldest = turn.Entries[0];
        lock (_table.Gate)
        {
            Leave_NeedsGate(oldest.EnqueuedAt, isUpdate: false);
            var tenure = new Tenure(TurnKinds.Insert, oldest.Source, "", oldest.EnqueuedAt, turn.StartedAt);
            var now = _clock.GetUtcNow();
            // Neighbours mostly have one source; each run of it is looked up once.
            SourceLog.Sums? sums = null;
            string? source = null;
            foreach (var entry in turn.Entries)
            {
                var waited = Milliseconds(entry.EnqueuedAt, turn.StartedAt);
                _table.Wait.Add(waited);
                if (sums is null || !string.Equals(source, entry.Source, StringComparison.Ordinal))
                {
                    source = entry.Source;
                    sums = _table.Sources.Of(source, isUpdate: false, now);
                    if (tenure.Join(source)) sums.Turns++;
                }

                sums.Intents++;
                sums.Rows += entry.Intent.Rows.RowCount;
                sums.Waited += waited;
            }

            _holders.Add(tenure);
            See_NeedsGate(queue);
        }
    }

    /// <inheritdoc/>
    public void OnEnded(WriteQueue queue, InsertTurn turn, in InsertCounts counts)
    {
        ArgumentNullException.ThrowIfNull(turn);
        lock (_table.Gate)
        {
            See_NeedsGate(queue);
            var sums = _table.Sums;
            sums.Intents += counts.Committed;
            sums.AlreadyCommitted += counts.Already;
            sums.Rejected += counts.Rejected;
            sums.Failed += counts.Failed;
            _table.History.Now(_clock.GetUtcNow()).Intents += counts.Committed;
            if (_holders.FindIndex(static h => h.Kind == TurnKinds.Insert) is var at && at >= 0) End_NeedsGate(at, turn.Entries.Count, turn.Rows, Outcome(counts));
        }
    }

    /// <inheritdoc/>
    public void OnStarted(WriteQueue queue, ReservationEntry update)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (_table.Gate)
        {
            Leave_NeedsGate(update.EnqueuedAt, isUpdate: true);
            var waited = Milliseconds(update.EnqueuedAt, update.GrantedAt);
            _table.Wait.Add(waited);
            _table.Sums.Updates++;
            var sums = _table.Sources.Of(update.Holder.Source, isUpdate: true, _clock.GetUtcNow());
            sums.Turns++;
            sums.Waited += waited;
            sums.IsExclusive |= update.Mode == Coordinator.Grains.ReservationMode.Exclusive;
            _holders.Add(new Tenure(TurnKinds.Of(update.Mode), update.Holder.Source, update.Id.ToString(), update.EnqueuedAt, update.GrantedAt));
            See_NeedsGate(queue);
        }
    }

    /// <inheritdoc/>
    public void OnEnded(WriteQueue queue, ReservationEntry update, HoldEnd end)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (_table.Gate)
        {
            See_NeedsGate(queue);
            var id = update.Id.ToString();
            if (_holders.FindIndex(h => h.Id == id) is var at && at >= 0) End_NeedsGate(at, 0, 0, end == HoldEnd.Revoked ? "revoked" : "released");
        }
    }

    /// <summary>Adds up what goes on, up to this moment.</summary>
    internal void Accrue_NeedsGate() => Accrue_NeedsGate(_headSince, _isHeadUpdate, isCurrent: false);

    internal double OldestWaitMilliseconds_NeedsGate() => (_headSince ?? WaitsForLockSince) is { } since ? Milliseconds(since, _clock.GetTimestamp()) : 0;

    internal IReadOnlyList<TurnHolder> Holders_NeedsGate()
    {
        var now = _clock.GetTimestamp();
        if (WaitsForLockSince is { } since) return [new TurnHolder(TurnKinds.Lock, LockView.Owner, Milliseconds(since, now))];
        return [.. _holders.Select(h => new TurnHolder(h.Kind, h.Source, Milliseconds(h.StartedAt, now), h.Id))];
    }

    internal IReadOnlyList<TurnWaiter> Waiters_NeedsGate()
    {
        var now = _clock.GetTimestamp();
        return [.. _waiters.Select(w => new TurnWaiter(w.Kind, w.Source, Milliseconds(w.Since, now), w.Count, w.Id))];
    }

    internal IEnumerable<WaitEdge> Waits_NeedsGate()
    {
        var now = _clock.GetTimestamp();
        var held = _holders.Where(static h => h.IsUpdate).Select(h => Edge(h.Kind, h.Id, h.Source, true, h.StartedAt));
        var waiting = _waiters.Where(static w => w.Id.Length > 0).Select(w => Edge(w.Kind, w.Id, w.Source, false, w.Since));
        return held.Concat(waiting);

        WaitEdge Edge(string kind, string id, string source, bool isHeld, long since) =>
            new(_table.Table, id, source, kind == TurnKinds.Exclusive, isHeld, Milliseconds(since, now));
    }

    /// <summary>Since when calls wait for the activation's own lock; null once it was had.</summary>
    private long? WaitsForLockSince
    {
        get
        {
            if (!_wasLocked) _wasLocked = HasLock;
            return _wasLocked ? null : _openedAt;
        }
    }

    /// <summary>Whoever was first in the queue leaves it for its turn.</summary>
    private void Leave_NeedsGate(long enqueuedAt, bool isUpdate)
    {
        Accrue_NeedsGate(enqueuedAt, isUpdate);
        _headSince = null;
    }

    private void See_NeedsGate(WriteQueue queue)
    {
        var head = queue.Oldest;
        Accrue_NeedsGate(head?.EnqueuedAt, head is ReservationEntry);
        (_headSince, _isHeadUpdate, Depth, WaitingBytes) = (head?.EnqueuedAt, head is ReservationEntry, queue.Depth, queue.WaitingBytes);
        if (Depth == 0) _waiters = [];
    }

    private void Accrue_NeedsGate(long? head, bool isHeadUpdate, bool isCurrent = true)
    {
        var now = _clock.GetTimestamp();
        var waitsSince = head ?? WaitsForLockSince;
        if (_holders.Count > 0 || waitsSince is not null)
        {
            var utc = _clock.GetUtcNow();
            var slot = _table.History.Now(utc);
            if (waitsSince is { } since) slot.AgeIntegral += (Square(since, now) - Square(since, _waitedTo)) / 2;
            var blocked = 0d;
            foreach (var holder in _holders)
            {
                // Inserts behind inserts are no contention: while one batch commits, the next gathers.
                var isBlocking = head is not null && (isHeadUpdate || holder.IsUpdate);
                var blocks = isBlocking ? Milliseconds(Math.Max(holder.StartedAt, Math.Max(_waitedTo, head!.Value)), now) : 0;
                blocked = Math.Max(blocked, blocks);
                Charge_NeedsGate(holder, slot, utc, Milliseconds(Math.Max(holder.StartedAt, _heldTo), now), blocks);
            }

            slot.Blocked += blocked;
            _table.Sums.Blocked += blocked;
        }

        _heldTo = now;
        // Who came since the queue was last looked at is not known here yet; the next look counts from when they came.
        if (isCurrent || head is not null) _waitedTo = now;
    }

    private void Charge_NeedsGate(Tenure holder, HistoryLog.Slot slot, DateTimeOffset utc, double held, double blocked)
    {
        holder.Blocked += blocked;
        foreach (var source in holder.Sources)
        {
            var sums = _table.Sources.Of(source, holder.IsUpdate, utc);
            sums.Held += held;
            sums.Blocked += blocked;
        }

        if (holder.IsUpdate)
        {
            slot.UpdatesHeld += held;
            _table.Sums.UpdatesHeld += held;
        }
        else
        {
            slot.InsertsHeld += held;
            _table.Sums.InsertsHeld += held;
        }
    }

    private void End_NeedsGate(int at, int intents, long rows, string outcome)
    {
        var tenure = _holders[at];
        _holders.RemoveAt(at);
        var ended = _clock.GetUtcNow();
        var held = Milliseconds(tenure.StartedAt, _clock.GetTimestamp());
        _table.Hold.Add(held);
        _table.Turns.Add(new TurnRecord
        {
            Kind = tenure.Kind,
            Source = tenure.Source,
            Id = tenure.Id,
            Silo = _table.Silo,
            StartedAt = ended - TimeSpan.FromMilliseconds(held),
            EndedAt = ended,
            WaitedMilliseconds = Milliseconds(tenure.QueuedAt, tenure.StartedAt),
            BlockedMilliseconds = tenure.Blocked,
            Intents = intents,
            Rows = rows,
            Outcome = outcome,
        });
        TurnMetrics.OnEnded(tenure.Kind, Milliseconds(tenure.QueuedAt, tenure.StartedAt), held);
    }

    private void NoteLock_NeedsGate()
    {
        if (_lease is null || LockView is var view && view.State == _lockState) return;
        _lockState = view.State;
        _table.Note_NeedsGate(view);
    }

    private static string Outcome(in InsertCounts counts)
    {
        var done = counts.Committed + counts.Already;
        if (counts.Rejected + counts.Failed == 0) return "committed";
        if (done + counts.Failed == 0) return "rejected";
        return done + counts.Rejected == 0 ? "failed" : "mixed";
    }

    private double Square(long since, long at) => at <= since ? 0 : Math.Pow(Milliseconds(since, at), 2);

    private double Milliseconds(long from, long to) => to <= from ? 0 : (to - from) * 1_000d / _clock.TimestampFrequency;
}
