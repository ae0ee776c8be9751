using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>The memcached commands that locks and reservations need, on one connection to one server. Requests that are sent without a wait
/// between them travel together, in order. A closed connection always answers <see cref="ReplyKind.Unreachable"/>: values read on it, especially
/// a CAS, are never used on its successor.</summary>
/// <remarks>Failures are replies; exceptions are only for invalid arguments and for the caller's own cancellation.</remarks>
public interface IMemcachedConnection
{
    /// <summary>The server.</summary>
    ServerAddress Server { get; }

    /// <summary><c>mg KEY v c t</c>: reads a key.</summary>
    ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary><c>mg KEY v c t u</c>: reads a key without changing its position in the eviction order.</summary>
    ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken);

    /// <summary><c>mg KEY v c t T…</c>: reads a key and sets a new TTL, regardless of its owner. It neither allocates nor changes the CAS, so it
    /// is safe when memory is full.</summary>
    ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary><c>add KEY 0 …</c>: stores a value if there is none. Unlike <c>ms … ME</c> it keeps an existing value when memory is
    /// full.</summary>
    ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary><c>set KEY 0 …</c>: stores a text of at most 16 KB in printable ASCII, replacing any value. When memory is full the old text may
    /// be lost too.</summary>
    ValueTask<MemcachedReply> SetAsync(string key, string text, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary><c>md KEY C…</c>: deletes a key if its CAS is still the one that this connection returned.</summary>
    ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken);
}
