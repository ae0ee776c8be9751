using Coordinator.Contention;
using Coordinator.Core.Committing;
using Coordinator.Core.Leases;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Grains.Contention;

/// <summary>One activation's figures: written by its grain and its transactions, read by whoever looks, without a lock.</summary>
internal sealed class TableFigures(TableName table, string silo, ILease? lease, TimeProvider clock) : ICommitObserver
{
    private long _intents;
    private long _rows;
    private long _batches;
    private long _conflicts;
    private long _retries;
    private long _overlaps;
    private long _rejected;
    private long _alreadyCommitted;
    private volatile QueueView _queue = QueueView.Empty;

    public TableName Table => table;

    public void OnRetry(WarehouseException failure)
    {
        Interlocked.Increment(ref _retries);
        if (failure.Kind == FailureKind.Conflict) Interlocked.Increment(ref _conflicts);
        if (failure.IsOverlap) Interlocked.Increment(ref _overlaps);
    }

    public void OnCommitted(long rows)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _rows, rows);
    }

    public void OnIntents(long committed, long already, long rejected)
    {
        Interlocked.Add(ref _intents, committed);
        Interlocked.Add(ref _alreadyCommitted, already);
        Interlocked.Add(ref _rejected, rejected);
    }

    public void OnQueue(QueueView queue) => _queue = queue;

    public TableContention Read()
    {
        var queue = _queue;
        var view = lease?.View() ?? new LockView("none", "", 0);
        var counts = new TableCounts
        {
            Intents = Interlocked.Read(ref _intents),
            Rows = Interlocked.Read(ref _rows),
            Batches = Interlocked.Read(ref _batches),
            Conflicts = Interlocked.Read(ref _conflicts),
            Retries = Interlocked.Read(ref _retries),
            Overlaps = Interlocked.Read(ref _overlaps),
            Rejected = Interlocked.Read(ref _rejected),
            AlreadyCommitted = Interlocked.Read(ref _alreadyCommitted),
        };
        return new TableContention
        {
            Table = table,
            Silo = silo,
            QueueDepth = queue.Depth,
            OldestWaitMilliseconds = queue.Depth == 0 ? 0 : clock.GetElapsedTime(queue.OldestSince).TotalMilliseconds,
            Holders = queue.HolderKind.Length == 0
                ? []
                : [new TurnHolder(queue.HolderKind, queue.HolderSource, clock.GetElapsedTime(queue.HolderSince).TotalMilliseconds)],
            Lock = view,
            Counts = counts,
            Silos = [new SiloFigures { Silo = silo, IsActive = true, Lock = view, QueueDepth = queue.Depth, Counts = counts }],
        };
    }
}
