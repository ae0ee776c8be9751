using System.Runtime.CompilerServices;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Core.Queueing;

/// <summary>The inserts of a table's queue: those that wait, within their limits, and those of the turn that runs.</summary>
/// <param name="line">The queue's order, which inserts share with updates.</param>
/// <param name="options">The limits.</param>
/// <param name="clock">The queue's clock.</param>
/// <param name="siloBytes">The bytes that wait in all queues of the silo; null for a queue that is the only one.</param>
/// <param name="observer">Hears of each insert that waited for longer than it may.</param>
internal sealed class QueuedInserts(
    WaitingLine line, WriteQueueOptions options, TimeProvider clock, StrongBox<long>? siloBytes, ITurnObserver? observer)
{
    private long _waitingRows;

    // Null while the table is idle.
    private Dictionary<IntentId, InsertEntry>? _inserts;

    // Null until the warehouse rejects a row.
    private RejectedSources? _rejected;

    /// <summary>The inserts that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>The bytes of their rows, in memory.</summary>
    public long WaitingBytes { get; private set; }

    /// <summary>True if what waits fills a transaction.</summary>
    public bool IsBatchFull => _waitingRows >= options.MaxBatchRows || WaitingBytes >= options.MaxBatchBytes;

    /// <summary>An insert that waits or runs; null if the intent does neither.</summary>
    public InsertEntry? Find(IntentId id) => _inserts?.GetValueOrDefault(id);

    /// <summary>Queues an insert that is not queued yet.</summary>
    /// <exception cref="QueueFullException">The queue is at its limit.</exception>
    public InsertEntry Add(InsertIntent intent, TableSchema? schema)
    {
        if (Waiting >= options.MaxQueuedIntents || WaitingBytes + intent.Rows.SizeBytes > options.MaxQueuedBytes)
        {
            throw new QueueFullException(
                $"The queue of {intent.Table} is full: {Waiting} intents of {WaitingBytes} bytes wait. Try again in "
                    + $"{options.RetryAfter.TotalSeconds:0.#} s.",
                options.RetryAfter);
        }

        if (siloBytes is not null && Interlocked.Add(ref siloBytes.Value, intent.Rows.SizeBytes) > options.MaxSiloQueuedBytes)
        {
            Interlocked.Add(ref siloBytes.Value, -intent.Rows.SizeBytes);
            throw new QueueFullException(
                $"The queues of this silo's tables are full: {options.MaxSiloQueuedBytes} bytes may wait. Try again in "
                    + $"{options.RetryAfter.TotalSeconds:0.#} s.",
                options.RetryAfter);
        }

        var now = clock.GetTimestamp();
        var entry = new InsertEntry(intent, schema, now, clock.After(now, intent.MaxWait > TimeSpan.Zero ? intent.MaxWait : options.MaxWait));
        (_inserts ??= []).Add(intent.Id, entry);
        line.Add(entry);
        Waiting++;
        WaitingBytes += intent.Rows.SizeBytes;
        _waitingRows += intent.Rows.RowCount;
        return entry;
    }

    /// <summary>Takes the inserts at the head of the line that fit into one transaction: those of sources with rejected rows, or those of others.
    /// Null if all of them have expired.</summary>
    public InsertTurn? TakeTurn()
    {
        var now = clock.GetTimestamp();
        var entries = new List<InsertEntry>();
        long rows = 0, bytes = 0;
        var isOfRejected = line.Head is { } first && IsOfRejected(first, now);
        foreach (var entry in line.Entries.TakeWhile(static e => e is InsertEntry).Cast<InsertEntry>())
        {
            var block = entry.Intent.Rows;
            if (now >= entry.ExpiresAt)
            {
                Expire(entry, now);
                continue;
            }

            // All of a source's inserts are passed over, so they keep their order.
            if (IsOfRejected(entry, now) != isOfRejected) continue;
            var fits = entries.Count == 0
                || (rows + block.RowCount <= options.MaxBatchRows
                    && bytes + block.SizeBytes <= options.MaxBatchBytes
                    && block.Schema.HasSameNames(entries[0].Intent.Rows.Schema));
            if (!fits) break;
            line.Withdraw(entry);
            Leave(entry);
            entries.Add(entry);
            rows += block.RowCount;
            bytes += block.SizeBytes;
        }

        return entries.Count > 0 ? new InsertTurn(entries, rows, now, isOfRejected) : null;
    }

    /// <summary>Answers every insert of a turn that is over.</summary>
    public InsertCounts End(InsertTurn turn, Func<InsertEntry, IntentOutcome> outcomeOf)
    {
        int committed = 0, already = 0, rejected = 0, failed = 0;
        foreach (var entry in turn.Entries)
        {
            _inserts?.Remove(entry.Id);
            var outcome = outcomeOf(entry);
            if (outcome.Receipt is not { } receipt)
            {
                failed++;
                entry.Fail(outcome.Failure!);
                continue;
            }

            if (receipt.Status == WriteStatus.Committed) committed++;
            else if (receipt.Status == WriteStatus.AlreadyCommitted) already++;
            else
            {
                rejected++;
                (_rejected ??= new RejectedSources(clock)).Add(entry.Source);
            }

            entry.Answer(receipt);
        }

        return new InsertCounts(committed, already, rejected, failed);
    }

    /// <summary>Answers callers that have polled long enough, and drops inserts that have waited too long.</summary>
    /// <param name="now">The queue's time.</param>
    /// <param name="outage">What hinders the table now, if anything is known to.</param>
    public void Tick(long now, Func<string?>? outage)
    {
        foreach (var (_, entry) in _inserts ?? [])
        {
            if (entry.IsAwaited && now >= entry.PollEndsAt) entry.Answer(WriteReceipt.Pending(entry.Id, outage?.Invoke()));
        }

        foreach (var entry in line.Entries.OfType<InsertEntry>())
        {
            if (now >= entry.ExpiresAt) Expire(entry, now);
        }
    }

    /// <summary>Lets go of the memory for inserts, while none waits or runs.</summary>
    public void Rest() => _inserts = null;

    /// <summary>Fails every insert that waits; the caller clears the line.</summary>
    public void Close(Exception reason)
    {
        foreach (var entry in line.Entries.OfType<InsertEntry>())
        {
            _inserts?.Remove(entry.Id);
            entry.Fail(reason);
        }

        if (siloBytes is not null) Interlocked.Add(ref siloBytes.Value, -WaitingBytes);
        (Waiting, WaitingBytes, _waitingRows) = (0, 0, 0);
    }

    private void Expire(InsertEntry entry, long now)
    {
        _inserts?.Remove(entry.Id);
        line.Withdraw(entry);
        observer?.OnExpired();
        Leave(entry);
        entry.Fail(new IntentExpiredException(
            $"Intent {entry.Id} waited {clock.GetElapsedTime(entry.EnqueuedAt, now).TotalSeconds:0.#} s for {entry.Intent.Table}, longer than it "
                + $"may. This submission wrote nothing."));
    }

    private bool IsOfRejected(QueueEntry entry, long now) => _rejected?.Contains(entry.Source, now) == true;

    private void Leave(InsertEntry entry)
    {
        Waiting--;
        WaitingBytes -= entry.Intent.Rows.SizeBytes;
        if (siloBytes is not null) Interlocked.Add(ref siloBytes.Value, -entry.Intent.Rows.SizeBytes);
        _waitingRows -= entry.Intent.Rows.RowCount;
    }
}
