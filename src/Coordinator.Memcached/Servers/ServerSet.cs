using Coordinator.Memcached.Connections;

namespace Coordinator.Memcached.Servers;

/// <summary>A set of servers and its assignment of keys. Immutable.</summary>
internal sealed class ServerSet(IReadOnlyList<MemcachedEndpoint> endpoints)
{
    private readonly MemcachedEndpoint[] _endpoints = [.. endpoints];
    private readonly long[] _seeds = [.. endpoints.Select(static e => Rendezvous.SeedOf(e.Server))];

    public ReadOnlySpan<MemcachedEndpoint> Endpoints => _endpoints;

    public MemcachedEndpoint EndpointOf(string key) => _endpoints[Rendezvous.Pick(_seeds, key)];
}
