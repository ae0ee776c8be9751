namespace Coordinator.Memcached;

/// <summary>
/// The memcached commands that locks and reservations need, on one connection to one server. What is sent without waiting in between travels together, in order. Once
/// over, it answers <see cref="ReplyKind.Unreachable"/> for good: what was learned on it, a CAS above all, is never used on its successor.
/// </summary>
/// <remarks>Trouble is an answer; exceptions are for bad arguments and for the caller's own cancellation.</remarks>
public interface IMemcachedConnection
{
    /// <summary>The server.</summary>
    ServerAddress Server { get; }

    /// <summary><c>mg KEY v c t</c>: reads a key.</summary>
    ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary><c>mg KEY v c t u</c>: reads a key and leaves its place among those to be evicted next as it is.</summary>
    ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken);

    /// <summary><c>mg KEY v c t T…</c>: reads a key and gives it a new life, whoever's it is. Neither allocates nor changes the CAS, so it is safe when memory is full.</summary>
    ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary><c>add KEY 0 …</c>: stores a value where there is none. Unlike <c>ms … ME</c> it leaves the owner's value alone when memory is full.</summary>
    ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary><c>set KEY 0 …</c>: stores a text of at most 16 KB in printable ASCII, whatever was there. When memory is full the old text may be gone as well.</summary>
    ValueTask<MemcachedReply> SetAsync(string key, string text, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary><c>md KEY C…</c>: deletes a key if its CAS is still the one that this connection returned.</summary>
    ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken);
}
