using System.Collections.Concurrent;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Locking;

/// <summary>A key on every server that shows the age of its memory: its own age, by the server's clock, is the time for which no key was lost. No
/// silo needs to remember anything, so a new silo judges as well as an old one.</summary>
/// <remarks>
/// <para>A restart and <c>flush_all</c> remove it together with the locks. It is read without counting as a use, so among items of its size it
/// is evicted before any lock. It is about as large as a lock, but locks whose names make them a size larger or smaller are in other slab
/// classes, about which it says nothing. So a server with only locks, or <c>-o temporary_ttl</c>, is still recommended.</para>
/// <para>It is never touched, because a touch would make it look young: once in 30 days it expires, and there is no trust for one TTL. Current
/// owners are not affected. The same happens if it alone is evicted. Each silo applies its own TTL: all silos of a service must use the same,
/// and a longer one protects only after its first TTL.</para>
/// </remarks>
internal sealed class Canary(string key)
{
    /// <summary>memcached's maximum TTL. The remaining TTL gives the age.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromSeconds(2_592_000);

    // memcached counts whole seconds.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ServerAddress, string> _trusted = new();

    public ValueTask<MemcachedReply> PeekAsync(IMemcachedConnection connection, CancellationToken cancellationToken) =>
        connection.PeekAsync(key, cancellationToken);

    /// <summary>Adds the canary if it is missing. The next read shows whether that succeeded.</summary>
    /// <param name="connection">A connection to the server.</param>
    /// <param name="token">The owner token of the activation that adds it, or a new one: of two canaries of the same age it shows that they are
    /// two. It has about the size of a lock's value because it is one.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask AddAsync(IMemcachedConnection connection, string token, CancellationToken cancellationToken) =>
        await connection.AddAsync(key, token, Life, cancellationToken);

    /// <summary>No lease of another silo is older than this server's canary, so while this very canary lives a missing key is free.</summary>
    /// <param name="server">The server.</param>
    /// <param name="value">The canary's value.</param>
    public void Trust(ServerAddress server, string value) => _trusted[server] = value;

    /// <summary>The time until a missing key of a server counts as free; null if it does now.</summary>
    public TimeSpan? QuarantineLeft(ServerAddress server, MemcachedReply seen, TimeSpan ttl)
    {
        if (seen.Kind == ReplyKind.Value && _trusted.TryGetValue(server, out var value) && seen.Value == value) return null;
        var age = seen is { Kind: ReplyKind.Value, TtlSeconds: > 0 and int left } ? Life - TimeSpan.FromSeconds(left) : TimeSpan.Zero;
        var rest = ttl + Rounding - age;
        return rest > TimeSpan.Zero ? rest : null;
    }
}
