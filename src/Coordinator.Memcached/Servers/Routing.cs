using Coordinator.Memcached.Connections;

namespace Coordinator.Memcached.Servers;

/// <summary>
/// Where keys live now, and which of them moved a short while ago.
/// </summary>
/// <remarks>
/// A server that is new or was replaced comes without a canary, so the lock store quarantines it by itself. That does not cover a set that changed:
/// the keys of a server that was taken out go to servers whose canaries stand, and the keys that a new server takes over are still held on the old one
/// by clients that have not asked yet. So a key whose server changed is nobody's until all clients must have asked and a lock's life has passed.
/// </remarks>
internal sealed class Routing(ServerSet current, IReadOnlyList<(ServerSet Set, long Timestamp)> former, TimeSpan quarantine, TimeProvider clock)
{
    public ServerSet Current => current;

    /// <summary>The same with other servers, as of now.</summary>
    public Routing With(ServerSet next) => new(
        next, [.. former.Where(f => clock.GetElapsedTime(f.Timestamp) < quarantine), (current, clock.GetTimestamp())], quarantine, clock);

    /// <summary>Null unless the key moved: the connection to use then, which says so.</summary>
    public NoConnection? QuarantineOf(string key)
    {
        if (former.Count == 0) return null;
        var server = current.EndpointOf(key).Server;
        foreach (var (set, timestamp) in former)
        {
            var left = quarantine - clock.GetElapsedTime(timestamp);
            if (left <= TimeSpan.Zero || set.EndpointOf(key).Server == server) continue;
            return new NoConnection(server, $"the key moved here from {set.EndpointOf(key).Server}; for {left.TotalSeconds:0} s more it may be held there");
        }

        return null;
    }
}
