using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached;

/// <summary>The memcached servers of a deployment.</summary>
public interface IMemcached
{
    /// <summary>The present connection to a key's server; if there is none, one that answers <see cref="ReplyKind.Unreachable"/>.</summary>
    /// <remarks>A key never fails over to another server: a second server would be a second owner.</remarks>
    /// <param name="key">The key, which decides the server.</param>
    /// <param name="cancellationToken">Cancels the wait for the first connection attempt after the start. There is no wait later.</param>
    ValueTask<IMemcachedConnection> ConnectionOfAsync(string key, CancellationToken cancellationToken);

    /// <summary>The present connection to each server.</summary>
    /// <param name="cancellationToken">Cancels the wait for the first connection attempts after the start.</param>
    Task<IReadOnlyList<IMemcachedConnection>> ConnectionsAsync(CancellationToken cancellationToken);
}
