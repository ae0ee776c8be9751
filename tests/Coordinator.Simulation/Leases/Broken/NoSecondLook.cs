using Coordinator.Core.Leases;
using Coordinator.Locking;
using Coordinator.Memcached;

namespace Coordinator.Simulation.Leases.Broken;

/// <summary>Broken: the canary is read before the key is added, but not again after it.</summary>
internal sealed class NoSecondLook(ILockStore inner, IMemcached memcached) : StoreDouble(inner)
{
    private readonly Canary _canary = new(SimulatedOwner.CanaryKey);
    private readonly NoQuarantine _add = new(inner, memcached);

    public override async ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var seen = await connection.PeekAsync(SimulatedOwner.CanaryKey, cancellationToken);
        return !seen.IsTrouble && _canary.QuarantineLeft(connection.Server, seen, ttl) is null
            ? await _add.AcquireAsync(key, token, ttl, cancellationToken)
            : await base.AcquireAsync(key, token, ttl, cancellationToken);
    }
}
