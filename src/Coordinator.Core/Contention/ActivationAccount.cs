using Coordinator.Contention;
using Coordinator.Core.Committing;
using Coordinator.Core.Leases;
using Coordinator.Core.Queueing;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;

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
    private readonly Tenure _insertTenure = new();
    private long? _headSince;
    private string _headSource = "";
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
            See_NeedsGate(queue, Moment.Of(_clock));
            // While nobody holds the table inserts only gather, and the first speaks for all.
            if (Depth > 0 && _holders.Count > 0) _waiters = WaitingParty.Of(queue.Waiting.Take(MaxLooked), Depth);
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

    /// <summary>The table's columns were found to be others than before; what waits is bound again.</summary>
    /// <param name="change">What differs.</param>
    public void OnSchemaChanged(string change)
    {
        lock (_table.Gate) _table.NoteSchemaChange_NeedsGate(TurnKinds.Insert, change);
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
            var now = Moment.Of(_clock);
            Leave_NeedsGate(oldest.EnqueuedAt, isUpdate: false, now);
            var tenure = _insertTenure.Begin(TurnKinds.Insert, oldest.Source, "", oldest.EnqueuedAt, turn.StartedAt, _table.Sources.GenerationAt(now.Utc));
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
                    sums = _table.Sources.Of(source, isUpdate: false, now.Utc);
                    if (tenure.Join(source, sums)) sums.Turns++;
                }

                sums.Intents++;
                sums.Rows += entry.Intent.Rows.RowCount;
                sums.Waited += waited;
            }

            _holders.Add(tenure);
            See_NeedsGate(queue, now);
        }
    }

    /// <inheritdoc/>
    public void OnEnded(WriteQueue queue, InsertTurn turn, in InsertCounts counts)
    {
        ArgumentNullException.ThrowIfNull(turn);
        lock (_table.Gate)
        {
            var now = Moment.Of(_clock);
            See_NeedsGate(queue, now);
            var sums = _table.Sums;
            sums.Intents += counts.Committed;
            sums.AlreadyCommitted += counts.Already;
            sums.Rejected += counts.Rejected;
            sums.Failed += counts.Failed;
            _table.History.Now(now.Utc).Intents += counts.Committed;
            if (_holders.Remove(_insertTenure)) End_NeedsGate(_insertTenure, turn.Entries.Count, turn.Rows, Outcome(counts), now);
        }
    }

    /// <inheritdoc/>
    public void OnExpired()
    {
        lock (_table.Gate) _table.Sums.Failed++;
    }

    /// <inheritdoc/>
    public void OnStarted(WriteQueue queue, ReservationEntry update)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (_table.Gate)
        {
            var now = Moment.Of(_clock);
            Leave_NeedsGate(update.EnqueuedAt, isUpdate: true, now);
            var waited = Milliseconds(update.EnqueuedAt, update.GrantedAt);
            _table.Wait.Add(waited);
            _table.Sums.Updates++;
            var sums = _table.Sources.Of(update.Holder.Source, isUpdate: true, now.Utc);
            sums.Turns++;
            sums.Waited += waited;
            sums.IsExclusive |= update.Mode == ReservationMode.Exclusive;
            var tenure = new Tenure().Begin(
                TurnKinds.Of(update.Mode), update.Holder.Source, update.Id.ToString(), update.EnqueuedAt, update.GrantedAt, _table.Sources.GenerationAt(now.Utc));
            tenure.Join(tenure.Source, sums);
            _holders.Add(tenure);
            See_NeedsGate(queue, now);
        }
    }

    /// <inheritdoc/>
    public void OnEnded(WriteQueue queue, ReservationEntry update, HoldEnd end)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (_table.Gate)
        {
            var now = Moment.Of(_clock);
            See_NeedsGate(queue, now);
            var id = update.Id.ToString();
            if (_holders.Find(h => h.Id == id) is not { } tenure) return;
            _holders.Remove(tenure);
            End_NeedsGate(tenure, 0, 0, end == HoldEnd.Revoked ? "revoked" : "released", now);
        }
    }

    /// <summary>Adds up what goes on, up to this moment.</summary>
    internal void Accrue_NeedsGate(Moment now) => Accrue_NeedsGate(_headSince, _isHeadUpdate, now, isCurrent: false);

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
        var waiters = _waiters.Count == 0 && _headSince is { } since && !_isHeadUpdate ? [new WaitingParty(TurnKinds.Insert, _headSource, since, Depth, "")] : _waiters;
        return [.. waiters.Select(w => new TurnWaiter(w.Kind, w.Source, Milliseconds(w.Since, now), w.Count, w.Id))];
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
    private void Leave_NeedsGate(long enqueuedAt, bool isUpdate, Moment now)
    {
        Accrue_NeedsGate(enqueuedAt, isUpdate, now);
        _headSince = null;
    }

    private void See_NeedsGate(WriteQueue queue, Moment now)
    {
        var head = queue.Oldest;
        Accrue_NeedsGate(head?.EnqueuedAt, head is ReservationEntry, now);
        (_headSince, _headSource, _isHeadUpdate) = (head?.EnqueuedAt, head?.Source ?? "", head is ReservationEntry);
        (Depth, WaitingBytes) = (queue.Depth, queue.WaitingBytes);
        if (Depth == 0 || _holders.Count == 0) _waiters = [];
    }

    private void Accrue_NeedsGate(long? head, bool isHeadUpdate, Moment moment, bool isCurrent = true)
    {
        var now = moment.Timestamp;
        var waitsSince = head ?? WaitsForLockSince;
        if (_holders.Count > 0 || waitsSince is not null)
        {
            var slot = _table.History.Now(moment.Utc);
            if (waitsSince is { } since) slot.AgeIntegral += (Square(since, now) - Square(since, _waitedTo)) / 2;
            var blocked = 0d;
            foreach (var holder in _holders)
            {
                // Inserts behind inserts are no contention: while one batch commits, the next gathers.
                var isBlocking = head is not null && (isHeadUpdate || holder.IsUpdate);
                var blocks = isBlocking ? Milliseconds(Math.Max(holder.StartedAt, Math.Max(_waitedTo, head!.Value)), now) : 0;
                blocked = Math.Max(blocked, blocks);
                Charge_NeedsGate(holder, slot, moment.Utc, Milliseconds(Math.Max(holder.StartedAt, _heldTo), now), blocks);
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
        holder.Charge(_table.Sources, held, blocked, utc);
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

    private void End_NeedsGate(Tenure tenure, int intents, long rows, string outcome, Moment now)
    {
        var held = Milliseconds(tenure.StartedAt, now.Timestamp);
        var waited = Milliseconds(tenure.QueuedAt, tenure.StartedAt);
        _table.Hold.Add(held);
        _table.Turns.Add(new EndedTurn(
            tenure.Kind, tenure.Source, tenure.Id, now.Utc - TimeSpan.FromMilliseconds(held), now.Utc, waited, tenure.Blocked, 1, intents, rows, outcome));
        TurnMetrics.OnEnded(tenure.Kind, waited, held);
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
