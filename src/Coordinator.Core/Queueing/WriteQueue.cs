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
public sealed class WriteQueue(WriteQueueOptions options, TimeProvider clock, ITurnObserver? observer = null)
{
    private readonly Queue<QueueEntry> _waiting = new();
    private readonly Dictionary<IntentId, InsertEntry> _inserts = [];
    private readonly Dictionary<IntentId, ReservationEntry> _reservations = [];
    private readonly List<ReservationEntry> _holders = [];
    private readonly FlushPace _pace = new(options, clock);
    private InsertTurn? _insertTurn;
    private Exception? _closed;
    private int _waitingInserts;
    private int _withdrawn;
    private long _waitingBytes;
    private long _waitingRows;

    /// <summary>The number of waiting entries, including updates.</summary>
    public int Depth => _waiting.Count - _withdrawn;

    /// <summary>True if there is no waiter and no holder.</summary>
    public bool IsIdle => Depth == 0 && _insertTurn is null && _holders.Count == 0;

    /// <summary>The bytes of the waiting rows, in memory.</summary>
    public long WaitingBytes => _waitingBytes;

    /// <summary>The first waiting entries, in order.</summary>
    public IReadOnlyList<WaitingEntry> FirstWaiting(int limit) => [.. _waiting.Where(static e => !e.IsWithdrawn).Take(limit).Select(static e => e.ToWaiting())];

    /// <summary>The running insert turn, or null.</summary>
    public InsertTurn? InsertTurn => _insertTurn;

    /// <summary>The updates that hold the table.</summary>
    public IReadOnlyList<ReservationEntry> Holders => _holders;

    /// <summary>The entry that has waited longest, or null.</summary>
    public QueueEntry? Oldest
    {
        get
        {
            DropWithdrawn();
            return _waiting.TryPeek(out var head) ? head : null;
        }
    }

    /// <summary>The present state of the queue.</summary>
    public QueueSnapshot Snapshot() => new(Depth, _waitingBytes, Oldest?.ToWaiting());

    /// <summary>The receipt of an intent that already waits or runs; else null.</summary>
    public Task<WriteReceipt>? Join(IntentId id) => _inserts.TryGetValue(id, out var entry) ? entry.Join(PollEnd()) : null;

    /// <summary>Completes the wait for an intent's receipt with "pending". The intent stays queued.</summary>
    public void StopWaiting(IntentId id)
    {
        if (_inserts.TryGetValue(id, out var entry)) entry.Answer(WriteReceipt.Pending(id));
    }

    /// <summary>The content hash under an id that waits or runs; else null.</summary>
    public Guid? ContentOf(IntentId id) => _inserts.TryGetValue(id, out var entry) ? entry.Intent.ContentHash : null;

    /// <summary>True if the intent waits or runs.</summary>
    public bool Contains(IntentId id) => _inserts.ContainsKey(id);

    /// <summary>Queues an insert that is not in the queue yet.</summary>
    /// <param name="intent">The insert, with bound rows.</param>
    /// <param name="schema">The table that they were bound to.</param>
    /// <returns>The receipt, or "pending" after <see cref="WriteQueueOptions.LongPoll"/>.</returns>
    /// <exception cref="QueueFullException">The queue is at its limit.</exception>
    /// <exception cref="Exception">The reason with which the queue was closed.</exception>
    public Task<WriteReceipt> Enqueue(InsertIntent intent, TableSchema? schema = null)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (_closed is not null) throw _closed;
        if (_waitingInserts >= options.MaxQueuedIntents || _waitingBytes + intent.Rows.SizeBytes > options.MaxQueuedBytes)
        {
            throw new QueueFullException(
                $"The queue of {intent.Table} is full: {_waitingInserts} intents of {_waitingBytes} bytes wait. Try again in {options.RetryAfter.TotalSeconds:0.#} s.",
                options.RetryAfter);
        }

        var now = clock.GetTimestamp();
        var maxWait = intent.MaxWait > TimeSpan.Zero ? intent.MaxWait : options.MaxWait;
        var entry = new InsertEntry(intent, schema, now, After(now, maxWait));
        _inserts.Add(intent.Id, entry);
        _waiting.Enqueue(entry);
        _waitingInserts++;
        _waitingBytes += intent.Rows.SizeBytes;
        _waitingRows += intent.Rows.RowCount;
        return entry.Join(PollEnd());
    }

    /// <summary>Queues an update, joins its wait, or renews its hold. Returns true once it holds the table.</summary>
    /// <exception cref="Exception">The reason with which the queue was closed.</exception>
    public Task<bool> Reserve(ReserveRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_closed is not null) throw _closed;
        var now = clock.GetTimestamp();
        var entry = _reservations.GetValueOrDefault(request.Id);
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
            _waiting.Enqueue(entry);
        }
        else if (!isSame)
        {
            entry.PassTo(request);
        }

        // A waiter calls again when its poll ends; a holder when it renews.
        entry.Lease = request.Lease;
        entry.LeaseEndsAt = After(now, entry.IsGranted ? request.Lease : options.LongPoll + options.Silence);
        if (entry.IsGranted || request.Renew) return Task.FromResult(entry.IsGranted);
        return entry.Join(PollEnd());
    }

    /// <summary>Restores the holders of an earlier activation, before any other entry is admitted.</summary>
    public void Restore(IEnumerable<RememberedHold> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        if (_insertTurn is not null || _holders.Count > 0) throw new InvalidOperationException("An entry was already admitted.");
        var now = clock.GetTimestamp();
        foreach (var hold in holds)
        {
            if (_reservations.GetValueOrDefault(hold.Id) is { } waiting) Remove(waiting);
            var entry = new ReservationEntry(hold, now) { LeaseEndsAt = After(now, hold.Lease) };
            _reservations.Add(hold.Id, entry);
            _holders.Add(entry);
            observer?.OnStarted(entry.ToTurn(), Snapshot());
        }
    }

    /// <summary>The activation that granted an update; empty if none did.</summary>
    public string GrantorOf(IntentId id) => _reservations.GetValueOrDefault(id)?.Grantor ?? "";

    /// <summary>Ends an update's hold or wait, if it still belongs to this holder. Unknown ids are no error.</summary>
    public void Release(IntentId id, string holder)
    {
        if (_reservations.GetValueOrDefault(id) is { } entry && entry.Holder.Token == holder) Remove(entry);
    }

    /// <summary>Gives the table to the next entries, if it is free for them. Updates are answered here; the caller runs an insert
    /// turn.</summary>
    /// <param name="grantor">The activation that grants the table.</param>
    /// <returns>The insert turn to run now, or null.</returns>
    public InsertTurn? Advance(string grantor = "")
    {
        while (_insertTurn is null)
        {
            DropWithdrawn();
            if (!_waiting.TryPeek(out var head)) return null;
            if (head is InsertEntry)
            {
                if (_holders.Count > 0 || !IsFlushDue) return null;
                if (TakeInserts() is not { } turn) continue;
                _insertTurn = turn;
                observer?.OnStarted(turn, Snapshot());
                return turn;
            }
            else
            {
                var reservation = (ReservationEntry)head;
                var mayEnter = _holders.Count == 0 || (reservation.Mode == ReservationMode.Shared && _holders[0].Mode == ReservationMode.Shared);
                if (!mayEnter) return null;
                _waiting.Dequeue();
                _holders.Add(reservation);
                var now = clock.GetTimestamp();
                var isHeardOf = reservation.IsPolled || reservation.Lease < options.Silence;
                reservation.Grant(grantor, now, After(now, isHeardOf ? reservation.Lease : options.Silence));
                observer?.OnStarted(reservation.ToTurn(), Snapshot());
            }
        }

        return null;
    }

    /// <summary>Ends the insert turn and answers all its callers.</summary>
    /// <param name="outcome">The receipt of an entry, or its exception.</param>
    public void EndInsertTurn(Func<InsertEntry, (WriteReceipt? Receipt, Exception? Failure)> outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var turn = _insertTurn ?? throw new InvalidOperationException("No insert turn runs.");
        _insertTurn = null;
        _pace.OnTurnEnded(turn.StartedAt);
        int committed = 0, already = 0, rejected = 0, failed = 0;
        foreach (var entry in turn.Entries)
        {
            _inserts.Remove(entry.Id);
            var (receipt, failure) = outcome(entry);
            if (receipt is null)
            {
                failed++;
                entry.Fail(failure!);
                continue;
            }

            if (receipt.Status == WriteStatus.Committed) committed++;
            else if (receipt.Status == WriteStatus.AlreadyCommitted) already++;
            else rejected++;
            entry.Answer(receipt);
        }

        observer?.OnEnded(turn, new InsertCounts(committed, already, rejected, failed), Snapshot());
    }

    /// <summary>Processes the passing of time: answers long polls, drops expired intents, and revokes silent updates.</summary>
    /// <param name="isGone">Whether the silo of a holder, by its address, is known to be gone.</param>
    /// <returns>The updates that held the table and were revoked.</returns>
    public IReadOnlyList<ReservationEntry> Tick(Func<string, bool>? isGone = null)
    {
        var now = clock.GetTimestamp();
        foreach (var entry in _inserts.Values)
        {
            if (now >= entry.PollEndsAt) entry.Answer(WriteReceipt.Pending(entry.Id));
        }

        foreach (var entry in _waiting.OfType<InsertEntry>())
        {
            if (!entry.IsWithdrawn && now >= entry.ExpiresAt) Expire(entry, now);
        }

        List<ReservationEntry>? revoked = null;
        foreach (var entry in _reservations.Values)
        {
            if (now >= entry.LeaseEndsAt || isGone?.Invoke(entry.Holder.Silo) == true) (revoked ??= []).Add(entry);
            else if (!entry.IsGranted && now >= entry.PollEndsAt) entry.Answer(false);
        }

        if (revoked is null) return [];
        foreach (var entry in revoked) Remove(entry, HoldEnd.Revoked);
        return revoked.FindAll(static e => e.IsGranted);
    }

    /// <summary>Fails all waiters, holders and later callers, because the activation is ending. The caller of a running insert turn ends
    /// it.</summary>
    public void Close(Exception reason)
    {
        _closed ??= reason;
        foreach (var entry in _waiting.OfType<InsertEntry>().Where(static e => !e.IsWithdrawn))
        {
            _inserts.Remove(entry.Id);
            entry.Fail(reason);
        }

        foreach (var entry in _reservations.Values) entry.Fail(reason);
        foreach (var holder in _holders) observer?.OnEnded(holder.ToTurn(), HoldEnd.Moved, Snapshot());
        _waiting.Clear();
        _reservations.Clear();
        _holders.Clear();
        (_waitingInserts, _waitingBytes, _waitingRows, _withdrawn) = (0, 0, 0, 0);
    }

    /// <summary>A full batch gains nothing by waiting, and a batch must not delay an update.</summary>
    private bool IsFlushDue => _pace.IsDue || _waitingRows >= options.MaxBatchRows || _waitingBytes >= options.MaxBatchBytes || Depth > _waitingInserts;

    private InsertTurn? TakeInserts()
    {
        var now = clock.GetTimestamp();
        var entries = new List<InsertEntry>();
        long rows = 0, bytes = 0;
        while (_waiting.TryPeek(out var head))
        {
            if (head.IsWithdrawn)
            {
                _waiting.Dequeue();
                _withdrawn--;
                continue;
            }

            if (head is not InsertEntry entry) break;
            var block = entry.Intent.Rows;
            if (now >= entry.ExpiresAt)
            {
                Expire(entry, now);
                continue;
            }

            var fits = entries.Count == 0
                || (rows + block.RowCount <= options.MaxBatchRows
                    && bytes + block.SizeBytes <= options.MaxBatchBytes
                    && block.Schema.HasSameNames(entries[0].Intent.Rows.Schema));
            if (!fits) break;
            _waiting.Dequeue();
            _waitingInserts--;
            _waitingBytes -= block.SizeBytes;
            _waitingRows -= block.RowCount;
            entries.Add(entry);
            rows += block.RowCount;
            bytes += block.SizeBytes;
        }

        return entries.Count > 0 ? new InsertTurn(entries, rows, now) : null;
    }

    private void Expire(InsertEntry entry, long now)
    {
        _inserts.Remove(entry.Id);
        Withdraw(entry);
        observer?.OnExpired();
        _waitingInserts--;
        _waitingBytes -= entry.Intent.Rows.SizeBytes;
        _waitingRows -= entry.Intent.Rows.RowCount;
        entry.Fail(new IntentExpiredException(
            $"Intent {entry.Id} waited {clock.GetElapsedTime(entry.EnqueuedAt, now).TotalSeconds:0.#} s for {entry.Intent.Table}, longer than it may. This submission wrote nothing."));
    }

    private void Remove(ReservationEntry entry, HoldEnd end = HoldEnd.Released)
    {
        _reservations.Remove(entry.Id);
        if (entry.IsGranted)
        {
            _holders.Remove(entry);
            observer?.OnEnded(entry.ToTurn(), end, Snapshot());
        }
        else
        {
            Withdraw(entry);
        }

        entry.Answer(false);
    }

    private void Withdraw(QueueEntry entry)
    {
        entry.IsWithdrawn = true;
        _withdrawn++;
    }

    private void DropWithdrawn()
    {
        while (_waiting.TryPeek(out var head) && head.IsWithdrawn)
        {
            _waiting.Dequeue();
            _withdrawn--;
        }
    }

    private long PollEnd() => After(clock.GetTimestamp(), options.LongPoll);

    private long After(long timestamp, TimeSpan time) => timestamp + (long)(time.TotalSeconds * clock.TimestampFrequency);
}
