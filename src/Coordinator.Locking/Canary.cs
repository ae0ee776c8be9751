using Coordinator.Memcached;

namespace Coordinator.Locking;

/// <summary>
/// A key on every server that lives as long as its memory: its age, by the server's own clock, says for how long nothing was forgotten. Nobody has to
/// remember anything, so a silo that has just started judges as well as an old one.
/// </summary>
/// <remarks>
/// <para>A restart and <c>flush_all</c> take it with the locks. It is read without counting as a use, so among items of its size it is evicted before any lock: it is made
/// about as large as one, but locks whose names make them a size larger or smaller live in slab classes of their own, of which it tells nothing. So a node with nothing but
/// locks, or <c>-o temporary_ttl</c>, stays the advice.</para>
/// <para>It is never touched, which would make it look young: once in 30 days it ends, and so does trust, for one TTL. Current owners notice nothing. So it is
/// when it is evicted alone. Each silo judges by its own TTL: all silos of a service must use the same, and a longer one must outlast its first TTL before it protects.</para>
/// </remarks>
internal sealed class Canary(string key)
{
    /// <summary>memcached's longest life: what is left of it tells the age.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromSeconds(2_592_000);

    // memcached counts whole seconds.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    // As long as an owner token mostly is. Its content says nothing: a new one is young, whoever added it.
    private static readonly string Value = new('c', 45);

    public ValueTask<MemcachedReply> PeekAsync(IMemcachedConnection connection, CancellationToken cancellationToken) => connection.PeekAsync(key, cancellationToken);

    /// <summary>Whoever misses it adds it. Whether that succeeds, the next look says.</summary>
    public async ValueTask AddAsync(IMemcachedConnection connection, CancellationToken cancellationToken) =>
        await connection.AddAsync(key, Value, Life, cancellationToken);

    /// <summary>How long it takes until an absent key counts as free; null if it does now.</summary>
    public static TimeSpan? QuarantineLeft(MemcachedReply seen, TimeSpan ttl)
    {
        var age = seen is { Kind: ReplyKind.Value, TtlSeconds: > 0 and int left } ? Life - TimeSpan.FromSeconds(left) : TimeSpan.Zero;
        var rest = ttl + Rounding - age;
        return rest > TimeSpan.Zero ? rest : null;
    }
}
