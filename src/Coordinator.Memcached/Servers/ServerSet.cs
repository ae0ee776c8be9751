using Coordinator.Memcached.Connections;

namespace Coordinator.Memcached.Servers;

/// <summary>Some servers, and which of them is a key's. Never changes; another set takes its place.</summary>
internal sealed class ServerSet(IReadOnlyList<MemcachedEndpoint> endpoints)
{
    private readonly MemcachedEndpoint[] _endpoints = [.. endpoints];
    private readonly long[] _seeds = [.. endpoints.Select(static e => Rendezvous.SeedOf(e.Server))];

    public ReadOnlySpan<MemcachedEndpoint> Endpoints => _endpoints;

    public MemcachedEndpoint EndpointOf(string key) => _endpoints[Rendezvous.Pick(_seeds, key)];
}
