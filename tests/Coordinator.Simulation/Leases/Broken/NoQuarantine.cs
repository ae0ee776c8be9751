using Coordinator.Core.Leases;
using Coordinator.Memcached;

namespace Coordinator.Simulation.Leases.Broken;

/// <summary>Broken: an absent key is free, even if the server lost its memory.</summary>
internal sealed class NoQuarantine(ILockStore inner, IMemcached memcached) : StoreDouble(inner)
{
    public override async ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var adding = connection.AddAsync(key, token, ttl, cancellationToken);
        var getting = connection.GetAsync(key, cancellationToken);
        var add = await adding;
        var get = await getting;
        return add.IsTrouble ? Read(add, token) : Read(get, token);
    }
}
