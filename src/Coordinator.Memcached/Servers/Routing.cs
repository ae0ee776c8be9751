using Coordinator.Memcached.Connections;

namespace Coordinator.Memcached.Servers;

/// <summary>The present servers of keys, and the keys that moved recently.</summary>
/// <remarks>A new or replaced server has no canary, so the lock store quarantines it. That does not cover a changed set of servers: the keys of
/// a removed server move to servers with canaries, and the keys that a new server takes over are still held on the old one by clients that have
/// not asked yet. So a key whose server changed has no owner until all clients must have asked and the TTL of a lock has passed.</remarks>
internal sealed class Routing(ServerSet current, IReadOnlyList<(ServerSet Set, long Timestamp)> former, TimeSpan quarantine, TimeProvider clock)
{
    public ServerSet Current => current;

    /// <summary>The same with other servers, from now on.</summary>
    public Routing With(ServerSet next) => new(
        next, [.. former.Where(f => clock.GetElapsedTime(f.Timestamp) < quarantine), (current, clock.GetTimestamp())], quarantine, clock);

    /// <summary>The connection that reports the quarantine of a moved key; null if the key did not move.</summary>
    public NoConnection? QuarantineOf(string key)
    {
        if (former.Count == 0) return null;
        var server = current.EndpointOf(key).Server;
        foreach (var (set, timestamp) in former)
        {
            var left = quarantine - clock.GetElapsedTime(timestamp);
            if (left <= TimeSpan.Zero || set.EndpointOf(key).Server == server) continue;
            return new NoConnection(server,
                $"the key moved here from {set.EndpointOf(key).Server}; for {left.TotalSeconds:0} s more it may be held there");
        }

        return null;
    }
}
