namespace Coordinator.Memcached;

/// <summary>The memcached servers of a deployment.</summary>
public interface IMemcached
{
    /// <summary>The connection to a key's server as it stands now; if there is none, one that answers <see cref="ReplyKind.Unreachable"/>.</summary>
    /// <remarks>A key never fails over to another server: a second server would be a second owner.</remarks>
    /// <param name="key">The key; it decides the server.</param>
    /// <param name="cancellationToken">Ends the wait for the first try to connect after the start. Later nobody waits.</param>
    ValueTask<IMemcachedConnection> ConnectionOfAsync(string key, CancellationToken cancellationToken);
}
