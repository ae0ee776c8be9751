using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Simulation.Leases;

/// <summary>memcached as measured: a clock of whole seconds, so that a TTL of T lasts from T−1 to T; a CAS counter that restarts with the server
/// and changes without a write; the least recently used item is evicted first; a stall leaves the clock behind.</summary>
internal sealed class SimulatedServer(World world, ServerAddress address, double rate, long phase)
{
    private readonly Dictionary<string, SimulatedItem> _items = new(StringComparer.Ordinal);
    private readonly List<Action> _waiting = [];
    private ulong _cas;
    private long _uses;
    private long? _clockStoppedAt;
    private bool _isStalled;

    public ServerAddress Address => address;

    /// <summary>Changes with a restart. Connections of an earlier generation are dead, with all requests under way.</summary>
    public int Generation { get; private set; }

    public bool IsUp { get; private set; } = true;

    private long Second => (long)Math.Floor((((_clockStoppedAt ?? world.Now) * rate) + phase) / TimeSpan.TicksPerSecond);

    public void Receive(int generation, Action request)
    {
        if (generation != Generation || !IsUp) return;
        if (_isStalled) _waiting.Add(() => Receive(generation, request));
        else request();
    }

    public MemcachedReply Get(string key, bool isUse)
    {
        if (Find(key) is not { } item) return new MemcachedReply(ReplyKind.Miss);
        if (isUse) item.LastUse = _uses++;
        return new MemcachedReply(ReplyKind.Value, item.Value, item.Cas, (int)(item.EndsAt - Second));
    }

    public MemcachedReply Touch(string key, TimeSpan ttl)
    {
        if (Find(key) is { } item) item.EndsAt = Second + (long)ttl.TotalSeconds;
        return Get(key, isUse: true);
    }

    public MemcachedReply Add(string key, string value, TimeSpan ttl)
    {
        return Find(key) is null ? Set(key, value, ttl) : new MemcachedReply(ReplyKind.NotStored);
    }

    public MemcachedReply Set(string key, string value, TimeSpan ttl)
    {
        _items[key] = new SimulatedItem { Value = value, Cas = ++_cas, EndsAt = Second + (long)ttl.TotalSeconds, LastUse = _uses++ };
        return new MemcachedReply(ReplyKind.Stored);
    }

    public MemcachedReply Delete(string key, ulong cas)
    {
        if (Find(key) is not { } item) return new MemcachedReply(ReplyKind.NotFound);
        if (item.Cas != cas) return new MemcachedReply(ReplyKind.Exists);
        _items.Remove(key);
        return new MemcachedReply(ReplyKind.Deleted);
    }

    public void Restart(TimeSpan down)
    {
        world.Note($"{address} restarts, down for {down.TotalSeconds:0.00} s");
        Generation++;
        IsUp = false;
        _isStalled = false;
        _clockStoppedAt = null;
        _waiting.Clear();
        _items.Clear();
        _cas = 0;
        var generation = Generation;
        world.After(down, () => IsUp |= generation == Generation);
    }

    public void Flush()
    {
        world.Note($"{address} flushes all");
        _items.Clear();
    }

    /// <summary>Memory is short: evicts the coldest item.</summary>
    public void EvictColdest()
    {
        if (_items.Count > 0) Evict(_items.MinBy(static i => i.Value.LastUse).Key);
    }

    public void Evict(string key)
    {
        if (_items.Remove(key)) world.Note($"{address} evicts {key}");
    }

    /// <summary>Moves pages: the CAS of their items changes without a write.</summary>
    public void MovePages()
    {
        foreach (var item in _items.Values) item.Cas = ++_cas;
    }

    /// <summary>Requests wait during a stall. With its clock left behind, the server serves the waiting requests before it updates its
    /// time.</summary>
    public void Stall(TimeSpan duration, bool leavesClockBehind)
    {
        if (_isStalled) return;
        world.Note($"{address} stalls for {duration.TotalSeconds:0.00} s{(leavesClockBehind ? ", its clock too" : "")}");
        _isStalled = true;
        if (leavesClockBehind) _clockStoppedAt = world.Now;
        var generation = Generation;
        world.After(duration, () =>
        {
            if (generation != Generation) return;
            _isStalled = false;
            var waiting = _waiting.ToArray();
            _waiting.Clear();
            foreach (var request in waiting) request();
            _clockStoppedAt = null;
        });
    }

    private SimulatedItem? Find(string key)
    {
        if (!_items.TryGetValue(key, out var item)) return null;
        if (item.EndsAt > Second) return item;
        _items.Remove(key);
        return null;
    }
}
