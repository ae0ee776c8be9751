namespace Coordinator.Laboratory.Load;

/// <summary>The receipts of one table's writers, and how long they waited for them.</summary>
internal sealed class TableProgress(string table, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly HashSet<long> _acknowledged = [];
    private long _lastReceipt = clock.GetTimestamp();
    private TimeSpan _longestGap;

    public string Table => table;

    /// <summary>The ids of all rows with a committed receipt.</summary>
    public long[] Acknowledged
    {
        get
        {
            lock (_gate) return [.. _acknowledged];
        }
    }

    /// <summary>The number of those rows.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _acknowledged.Count;
        }
    }

    /// <summary>The longest time without a receipt since the window began, including the time until now.</summary>
    public TimeSpan LongestStall
    {
        get
        {
            lock (_gate)
            {
                var now = clock.GetElapsedTime(_lastReceipt);
                return now > _longestGap ? now : _longestGap;
            }
        }
    }

    public void OnReceipt(long id)
    {
        lock (_gate)
        {
            _acknowledged.Add(id);
            var gap = clock.GetElapsedTime(_lastReceipt);
            if (gap > _longestGap) _longestGap = gap;
            _lastReceipt = clock.GetTimestamp();
        }
    }

    public void BeginWindow()
    {
        lock (_gate) _longestGap = TimeSpan.Zero;
    }

    /// <summary>True if a receipt arrived after a timestamp of the clock.</summary>
    public bool HasMovedSince(long timestamp)
    {
        lock (_gate) return _lastReceipt > timestamp;
    }
}
