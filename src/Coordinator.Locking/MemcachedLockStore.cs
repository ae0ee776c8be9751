using Coordinator.Core.Leases;
using Coordinator.Memcached;

namespace Coordinator.Locking;

/// <summary>Locks in memcached. What the answers mean; how they travel is the client's.</summary>
internal sealed class MemcachedLockStore(MemcachedClient client, TimeProvider clock) : ILockStore
{
    private static readonly TimeSpan CleanupTimeout = TimeSpan.FromSeconds(2);

    public async ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        try
        {
            var (add, get) = await client.AddAndGetAsync(key, token, ttl, cancellationToken);
            // Whatever `add` said: after a lost answer, NOT_STORED may be one's own earlier try.
            return add.IsTrouble ? Read(add, token) : Read(get, token);
        }
        catch (OperationCanceledException)
        {
            _ = GiveUpAsync(key, token);
            throw;
        }
    }

    public async ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken) =>
        Read(await client.TouchAndGetAsync(key, ttl, cancellationToken), token);

    public async ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken) =>
        Read(await client.DeleteIfAsync(key, token, cancellationToken), token);

    private static LockReply Read(MemcachedReply reply, string token) => reply.Kind switch
    {
        ReplyKind.Value when reply.Value == token =>
            new LockReply(LockReplyKind.Mine, token, TimeSpan.FromSeconds(Math.Max(reply.TtlSeconds ?? 0, 0))),
        ReplyKind.Value => new LockReply(LockReplyKind.HeldByOther, reply.Value, TimeSpan.FromSeconds(Math.Max(reply.TtlSeconds ?? 0, 0))),
        ReplyKind.Miss or ReplyKind.NotFound or ReplyKind.Deleted => new LockReply(LockReplyKind.Free),
        ReplyKind.Unreachable => new LockReply(LockReplyKind.Unreachable, Detail: reply.Detail),
        _ => new LockReply(LockReplyKind.Unknown, Detail: reply.Detail.Length > 0 ? reply.Detail : reply.Kind.ToString()),
    };

    private async Task GiveUpAsync(string key, string token)
    {
        using var limit = new CancellationTokenSource(CleanupTimeout, clock);
        try
        {
            await client.DeleteIfAsync(key, token, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The key's own life ends it then.
        }
    }
}
