using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.IntegrationTests.Locking;

/// <summary>Runs an action on the server immediately before a key is added.</summary>
internal sealed class StoppingMemcached(IMemcached inner, Func<Task> onAdd) : IMemcached
{
    private readonly TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the request that adds the key is sent.</summary>
    public Task Added => _added.Task;

    public async ValueTask<IMemcachedConnection> ConnectionOfAsync(string key, CancellationToken cancellationToken) =>
        new Connection(this, await inner.ConnectionOfAsync(key, cancellationToken));

    public async Task<IReadOnlyList<IMemcachedConnection>> ConnectionsAsync(CancellationToken cancellationToken) =>
        [.. (await inner.ConnectionsAsync(cancellationToken)).Select(connection => new Connection(this, connection))];

    private sealed class Connection(StoppingMemcached owner, IMemcachedConnection inner) : IMemcachedConnection
    {
        public ServerAddress Server => inner.Server;

        public ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken) => inner.GetAsync(key, cancellationToken);

        public ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken) => inner.PeekAsync(key, cancellationToken);

        public ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken) =>
            inner.TouchAsync(key, ttl, cancellationToken);

        public async ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken)
        {
            await owner.BeforeAddAsync();
            var adding = inner.AddAsync(key, value, ttl, cancellationToken);
            owner._added.TrySetResult();
            return await adding;
        }

        public ValueTask<MemcachedReply> SetAsync(string key, string text, TimeSpan ttl, CancellationToken cancellationToken) =>
            inner.SetAsync(key, text, ttl, cancellationToken);

        public ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken) =>
            inner.DeleteAsync(key, cas, cancellationToken);
    }

    private Task BeforeAddAsync() => onAdd();
}
