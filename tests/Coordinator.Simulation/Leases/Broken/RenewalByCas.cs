using Coordinator.Core.Leases;
using Coordinator.Memcached;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Simulation.Leases.Broken;

/// <summary>Broken: a remembered CAS decides who owns the key, even on another connection.</summary>
internal sealed class RenewalByCas(ILockStore inner, IMemcached memcached) : StoreDouble(inner)
{
    private ulong _cas;

    public override async ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken) =>
        await RememberAsync(key, await base.AcquireAsync(key, token, ttl, cancellationToken), token, cancellationToken);

    public override async ValueTask<LockReply> ReassertAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken) =>
        await RememberAsync(key, await base.ReassertAsync(key, token, ttl, cancellationToken), token, cancellationToken);

    public override async ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var touch = await connection.TouchAsync(key, ttl, cancellationToken);
        return touch.Kind == ReplyKind.Value && touch.Cas == _cas ? new LockReply(LockReplyKind.Mine, token, ttl) : Read(touch, token);
    }

    private async ValueTask<LockReply> RememberAsync(string key, LockReply reply, string token, CancellationToken cancellationToken)
    {
        if (reply.Owner != token) return reply;
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var get = await connection.GetAsync(key, cancellationToken);
        if (get.Value == token) _cas = get.Cas;
        return reply;
    }
}
