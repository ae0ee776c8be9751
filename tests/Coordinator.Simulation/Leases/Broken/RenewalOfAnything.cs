using Coordinator.Core.Leases;
using Coordinator.Memcached;

namespace Coordinator.Simulation.Leases.Broken;

/// <summary>Broken: a renewal accepts any key that it finds, regardless of the value. This is the effect of renewing with <c>touch</c> or
/// <c>set</c>.</summary>
internal sealed class RenewalOfAnything(ILockStore inner, IMemcached memcached) : StoreDouble(inner)
{
    public override async ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var touch = await connection.TouchAsync(key, ttl, cancellationToken);
        return Read(touch with { Value = token }, token);
    }
}
