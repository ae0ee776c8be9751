using Coordinator.Core.Leases;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Simulation.Leases.Broken;

/// <summary>The real store, for doubles that change one operation.</summary>
internal abstract class StoreDouble(ILockStore inner) : ILockStore
{
    public virtual ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.AcquireAsync(key, token, ttl, cancellationToken);

    public virtual ValueTask<LockReply> ReassertAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.ReassertAsync(key, token, ttl, cancellationToken);

    public virtual ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.RenewAsync(key, token, ttl, cancellationToken);

    public virtual ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken) =>
        inner.ReleaseAsync(key, token, cancellationToken);

    protected static LockReply Read(MemcachedReply reply, string token) => reply.Kind switch
    {
        ReplyKind.Value => new LockReply(
            reply.Value == token ? LockReplyKind.Mine : LockReplyKind.HeldByOther, reply.Value, TimeSpan.FromSeconds(reply.TtlSeconds ?? 0)),
        ReplyKind.Miss or ReplyKind.NotFound or ReplyKind.Deleted => new LockReply(LockReplyKind.Free),
        _ => new LockReply(LockReplyKind.Unknown),
    };
}
