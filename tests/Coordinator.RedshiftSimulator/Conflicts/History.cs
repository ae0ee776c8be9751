namespace Coordinator.RedshiftSimulator.Conflicts;

/// <summary>Decides which transactions fail. The order that a serial execution needs is a graph over transactions, with whole tables as its
/// granularity; a transaction that would close a cycle with committed ones fails. Only transactions that can still be part of a cycle are
/// remembered.</summary>
internal sealed class History(IsolationLevel isolation)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Transaction> _open = [];
    private readonly List<Transaction> _committed = [];
    private long _lastId = 1000;
    private long _moment;

    public Transaction Begin()
    {
        lock (_lock)
        {
            var transaction = new Transaction(++_lastId);
            _open.Add(transaction);
            return transaction;
        }
    }

    /// <summary>Sets the snapshot of a transaction, at its first statement that needs one.</summary>
    public void TakeSnapshot(Transaction transaction)
    {
        lock (_lock)
        {
            if (transaction.Snapshot == Transaction.Never) transaction.Snapshot = _moment;
        }
    }

    /// <summary>Why a transaction that touched these tables cannot commit any more, or null.</summary>
    public Violation? Judge(Transaction transaction, TransactionTables tables)
    {
        lock (_lock)
        {
            transaction.Tables = tables;
            return isolation == IsolationLevel.Snapshot ? FirstUpdater_NeedsLock(transaction) : Cycle_NeedsLock(transaction);
        }
    }

    public void Commit(Transaction transaction)
    {
        lock (_lock)
        {
            transaction.Committed = ++_moment;
            _open.Remove(transaction);
            if (transaction.Snapshot != Transaction.Never) _committed.Add(transaction);
            Forget_NeedsLock();
        }
    }

    public void RollBack(Transaction transaction)
    {
        lock (_lock)
        {
            _open.Remove(transaction);
            Forget_NeedsLock();
        }
    }

    private Violation? FirstUpdater_NeedsLock(Transaction transaction)
    {
        foreach (var other in _committed.Where(other => !transaction.Sees(other)))
        {
            if (transaction.Tables.Changes.FirstOrDefault(other.Tables.Changes.Contains) is > 0 and var table)
                return new Violation(table, [other.Id, transaction.Id]);
        }

        return null;
    }

    private Violation? Cycle_NeedsLock(Transaction transaction)
    {
        // Breadth first, so that the error reports a shortest cycle.
        var cameFrom = new Dictionary<Transaction, Transaction>();
        var queue = new Queue<Transaction>([transaction]);
        while (queue.TryDequeue(out var from))
        {
            foreach (var to in _committed.Append(transaction))
            {
                if (to == from || (to != transaction && cameFrom.ContainsKey(to)) || Before(from, to) is not { } table) continue;
                if (to == transaction) return new Violation(table, Path(cameFrom, from, transaction));
                cameFrom[to] = from;
                queue.Enqueue(to);
            }
        }

        return null;
    }

    private static List<long> Path(Dictionary<Transaction, Transaction> cameFrom, Transaction last, Transaction first)
    {
        var path = new List<long>();
        for (var at = last; at != first; at = cameFrom[at]) path.Add(at.Id);
        path.Add(first.Id);
        return path;
    }

    /// <summary>The table that forces one transaction before another, or null.</summary>
    private static long? Before(Transaction first, Transaction second)
    {
        foreach (var table in second.Tables.Writes)
        {
            // It read what the other overwrote later, or wrote it earlier.
            if (first.Tables.Reads.Contains(table) && !first.Sees(second)) return table;
            if (first.Tables.Writes.Contains(table) && first.Committed < second.Committed) return table;
        }

        foreach (var table in second.Tables.Reads)
        {
            if (first.Tables.Writes.Contains(table) && second.Sees(first)) return table;
        }

        return null;
    }

    /// <summary>A cycle consists of transactions that overlap in pairs. A transaction that ended before the oldest one that overlaps an open one
    /// began cannot be part of it.</summary>
    private void Forget_NeedsLock()
    {
        var oldest = _open.Select(static t => Math.Min(t.Snapshot, long.MaxValue)).Append(_moment).Min();
        for (var i = 0; i < 2; i++)
        {
            var horizon = oldest;
            oldest = _committed.Where(t => t.Committed > horizon).Select(static t => t.Snapshot).Append(horizon).Min();
        }

        _committed.RemoveAll(t => t.Committed <= oldest);
    }
}
