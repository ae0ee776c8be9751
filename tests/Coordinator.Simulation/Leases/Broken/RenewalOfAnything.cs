using Coordinator.Core.Leases;
using Coordinator.Memcached;

namespace Coordinator.Simulation.Leases.Broken;

/// <summary>A renewal that finds a key is believed, whatever its value: what renewing with <c>touch</c> or <c>set</c> amounts to.</summary>
internal sealed class RenewalOfAnything(ILockStore inner, IMemcached memcached) : StoreDouble(inner)
{
    public override async ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var touch = await connection.TouchAsync(key, ttl, cancellationToken);
        return Read(touch with { Value = token }, token);
    }
}
