using Coordinator.Core.Leases;
using Coordinator.Memcached;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Simulation.Leases.Broken;

/// <summary>Broken: a release deletes the key regardless of its owner. This is the classic ghetto lock.</summary>
internal sealed class ReleaseOfAnything(ILockStore inner, IMemcached memcached) : StoreDouble(inner)
{
    public override async ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken)
    {
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var get = await connection.GetAsync(key, cancellationToken);
        return get.Kind == ReplyKind.Value ? Read(await connection.DeleteAsync(key, get.Cas, cancellationToken), token) : Read(get, token);
    }
}
