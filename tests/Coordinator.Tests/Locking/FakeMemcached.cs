using Coordinator.Locking;
using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Tests.Locking;

/// <summary>A memcached server that keeps every value, with answers that a test can replace.</summary>
internal sealed class FakeMemcached : IMemcached, IMemcachedConnection
{
    public const string CanaryKey = "canary";

    private readonly Dictionary<string, (string Value, ulong Cas, TimeSpan Ttl)> _items = new(StringComparer.Ordinal);
    private ulong _cas;

    public ServerAddress Server { get; } = new("cache1", 11211);

    /// <summary>The commands in order, as "add key".</summary>
    public List<string> Commands { get; } = [];

    /// <summary>Called before a command runs. An answer replaces the command.</summary>
    public Func<string, MemcachedReply?> Before { get; set; } = static _ => null;

    /// <summary>The value of a key, or null.</summary>
    public string? this[string key] => _items.TryGetValue(key, out var item) ? item.Value : null;

    public void Put(string key, string value, TimeSpan ttl) => _items[key] = (value, ++_cas, ttl);

    /// <summary>Sets the age of the server's memory.</summary>
    public void SetAge(TimeSpan age) => Put(CanaryKey, "c", Canary.Life - age);

    public void Remove(string key) => _items.Remove(key);

    public ValueTask<IMemcachedConnection> ConnectionOfAsync(string key, CancellationToken cancellationToken) => new(this);

    public Task<IReadOnlyList<IMemcachedConnection>> ConnectionsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IMemcachedConnection>>([this]);

    public ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken) => Run("get " + key, () => Read(key));

    public ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken) => Run("peek " + key, () => Read(key));

    public ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken) => Run("touch " + key, () =>
    {
        if (_items.TryGetValue(key, out var item)) _items[key] = item with { Ttl = ttl };
        return Read(key);
    });

    public ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken) => Run("add " + key, () =>
    {
        if (_items.ContainsKey(key)) return new MemcachedReply(ReplyKind.NotStored);
        Put(key, value, ttl);
        return new MemcachedReply(ReplyKind.Stored);
    });

    public ValueTask<MemcachedReply> SetAsync(string key, string text, TimeSpan ttl, CancellationToken cancellationToken) => Run("set " + key, () =>
    {
        Put(key, text, ttl);
        return new MemcachedReply(ReplyKind.Stored);
    });

    public ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken) => Run("delete " + key, () =>
    {
        if (!_items.TryGetValue(key, out var item)) return new MemcachedReply(ReplyKind.NotFound);
        if (item.Cas != cas) return new MemcachedReply(ReplyKind.Exists);
        _items.Remove(key);
        return new MemcachedReply(ReplyKind.Deleted);
    });

    private MemcachedReply Read(string key) => _items.TryGetValue(key, out var item)
        ? new MemcachedReply(ReplyKind.Value, item.Value, item.Cas, (int)item.Ttl.TotalSeconds)
        : new MemcachedReply(ReplyKind.Miss);

    private ValueTask<MemcachedReply> Run(string command, Func<MemcachedReply> run)
    {
        Commands.Add(command);
        return new(Before(command) ?? run());
    }
}
