namespace Coordinator.Memcached;

/// <summary>Stands where a connection would, and says at once that there is none.</summary>
internal sealed class NoConnection(ServerAddress server, string reason) : IMemcachedConnection
{
    private readonly MemcachedReply _reply = new(ReplyKind.Unreachable, Detail: $"{server}: {reason}");

    public ServerAddress Server => server;

    public ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken) => new(_reply);

    public ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken) => new(_reply);

    public ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken) => new(_reply);

    public ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken) => new(_reply);

    public ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken) => new(_reply);
}
