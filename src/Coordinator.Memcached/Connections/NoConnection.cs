using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>Replaces a missing connection, and answers immediately that there is none.</summary>
internal sealed class NoConnection(ServerAddress server, string reason) : IMemcachedConnection
{
    public ServerAddress Server => server;

    public string Reason => reason;

    public MemcachedReply Reply { get; } = new(ReplyKind.Unreachable, Detail: $"{server}: {reason}");

    public ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken) => new(Reply);

    public ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken) => new(Reply);

    public ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken) => new(Reply);

    public ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken) => new(Reply);

    public ValueTask<MemcachedReply> SetAsync(string key, string text, TimeSpan ttl, CancellationToken cancellationToken) => new(Reply);

    public ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken) => new(Reply);
}
