using Coordinator.Core.Committing;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;

namespace Coordinator.Core.Jobs;

/// <summary>The latest runs of one job in its grain. Bounded, except for pending runs. Not thread-safe: only its grain uses it.</summary>
public sealed class JobHistory(string job, int capacity, TimeProvider clock)
{
    private readonly Dictionary<IntentId, Entry> _entries = [];
    private readonly LinkedList<IntentId> _order = new();

    /// <summary>All remembered runs.</summary>
    public IEnumerable<JobRun> Runs => _entries.Values.Select(static entry => entry.Run);

    /// <summary>The receipt that answers a submission, or null if it must be run. The first submission after "pending" gets the receipt itself;
    /// later ones get "already committed".</summary>
    public WriteReceipt? Deliver(IntentId id, Guid content = default)
    {
        if (!_entries.TryGetValue(id, out var entry) || entry.Receipt is not { } receipt) return null;
        if (KnownReceipt.IsOther(content, entry.Content)) return receipt.IsCommitted ? KnownReceipt.OtherContent(receipt) : null;
        if (!entry.IsDelivered)
        {
            entry.IsDelivered = true;
            return receipt;
        }

        if (receipt.IsCommitted) return receipt with { Status = WriteStatus.AlreadyCommitted };
        // Every host with the schedule submits a tick, and one refusal is final for all. A repeated run on demand is a request to try again.
        return entry.Run.Tick is null ? null : receipt;
    }

    /// <summary>The newest earlier tick that still waits for its turn or runs; null if there is none.</summary>
    public IntentId? PendingBefore(IntentId tick)
    {
        IntentId? newest = null;
        foreach (var (id, entry) in _entries)
        {
            if (id.Origin != tick.Origin || id.Sequence >= tick.Sequence || id.Sequence <= newest?.Sequence) continue;
            if (entry.Run is { Status: JobRunStatus.Pending, CoalescedInto: null }) newest = id;
        }

        return newest;
    }

    /// <summary>True if the id is known to belong to another run.</summary>
    public bool IsOther(IntentId id, Guid content) => _entries.TryGetValue(id, out var entry) && KnownReceipt.IsOther(content, entry.Content);

    /// <summary>A run begins, or is retried.</summary>
    public void Begin(IntentId id, Guid content = default)
    {
        var submittedAt = _entries.TryGetValue(id, out var known) ? known.Run.SubmittedAt : clock.GetUtcNow();
        if (known is null) _order.AddLast(id);
        _entries[id] = new Entry(new JobRun { Id = id, Status = JobRunStatus.Pending, Tick = JobTick.TimeOf(job, id), SubmittedAt = submittedAt },
            content);
        Trim();
    }

    /// <summary>A pending run waits for an earlier run to cover it; null if that one cannot.</summary>
    public void Coalesce(IntentId id, IntentId? into)
    {
        if (_entries.TryGetValue(id, out var entry)) entry.Run = entry.Run with { CoalescedInto = into };
    }

    /// <summary>A run has its receipt.</summary>
    public void End(WriteReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        if (!_entries.TryGetValue(receipt.Id, out var entry)) return;
        entry.Receipt = receipt;
        entry.Run = entry.Run with
        {
            Status = StatusOf(receipt),
            StartedAt = receipt is { CommittedAt: { } at, Ran.Ticks: > 0 } ? at - receipt.Ran : null,
            EndedAt = receipt.CommittedAt ?? clock.GetUtcNow(),
            Rows = receipt.Rows,
            BatchId = receipt.BatchId,
            CoalescedInto = receipt.CoalescedInto,
            Message = string.Join(" ", receipt.Errors),
        };
    }

    /// <summary>A try of a run failed. Its submitter may retry.</summary>
    public void Fail(IntentId id, string message)
    {
        if (!_entries.TryGetValue(id, out var entry)) return;
        entry.Run = entry.Run with { Status = JobRunStatus.Failed, EndedAt = clock.GetUtcNow(), Message = message, CoalescedInto = null };
    }

    private static JobRunStatus StatusOf(WriteReceipt receipt) =>
        !receipt.IsCommitted ? JobRunStatus.Rejected : receipt.CoalescedInto is null ? JobRunStatus.Committed : JobRunStatus.Coalesced;

    private void Trim()
    {
        for (var node = _order.First; node is not null && _order.Count > capacity;)
        {
            var next = node.Next;
            if (_entries[node.Value].Run.Status != JobRunStatus.Pending)
            {
                _entries.Remove(node.Value);
                _order.Remove(node);
            }

            node = next;
        }
    }

    private sealed class Entry(JobRun run, Guid content)
    {
        /// <summary>The hash of the run's content.</summary>
        public Guid Content => content;

        public JobRun Run { get; set; } = run;

        public WriteReceipt? Receipt { get; set; }

        public bool IsDelivered { get; set; }
    }
}
