using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Http;

/// <summary>The tables of recent intents, so that a query for one finds its grain. Drops the oldest beyond its limit. Its room is taken at once: a
/// host that is used fills it anyway, and growth that goes on for hours would look like a leak.</summary>
internal sealed class RecentIntents(int limit = 100_000)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IntentId, TableName> _tables = new(limit + 1);
    private readonly Queue<IntentId> _order = new(limit + 1);

    public void Add(IntentId id, TableName table)
    {
        lock (_lock)
        {
            if (!_tables.TryAdd(id, table)) return;
            _order.Enqueue(id);
            if (_order.Count > limit) _tables.Remove(_order.Dequeue());
        }
    }

    public TableName? Find(IntentId id)
    {
        lock (_lock) return _tables.TryGetValue(id, out var table) ? table : null;
    }
}
