using Coordinator.Core.Leases;

namespace Coordinator.Demo;

/// <summary>Counts the results of the silo's lock store.</summary>
internal sealed class CountingLockStore(ILockStore inner) : ILockStore, IAsyncDisposable
{
    private long _acquired;
    private long _renewed;
    private long _released;
    private long _lost;
    private long _refused;
    private long _unknown;

    public async ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var reply = await inner.AcquireAsync(key, token, ttl, cancellationToken);
        if (reply.Kind == LockReplyKind.Mine) Interlocked.Increment(ref _acquired);
        else if (reply.Kind == LockReplyKind.HeldByOther) Interlocked.Increment(ref _refused);
        else CountUnknown(reply);
        return reply;
    }

    public async ValueTask<LockReply> ReassertAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var reply = await inner.ReassertAsync(key, token, ttl, cancellationToken);
        CountUnknown(reply);
        return reply;
    }

    public async ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var reply = await inner.RenewAsync(key, token, ttl, cancellationToken);
        if (reply.Kind == LockReplyKind.Mine) Interlocked.Increment(ref _renewed);
        else if (reply.Kind is LockReplyKind.HeldByOther or LockReplyKind.Free or LockReplyKind.Quarantined) Interlocked.Increment(ref _lost);
        else CountUnknown(reply);
        return reply;
    }

    public async ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken)
    {
        var reply = await inner.ReleaseAsync(key, token, cancellationToken);
        if (reply.Kind is LockReplyKind.Unknown or LockReplyKind.Unreachable) CountUnknown(reply);
        else Interlocked.Increment(ref _released);
        return reply;
    }

    public LockReport Report(string provider) => new(
        provider,
        Interlocked.Read(ref _acquired),
        Interlocked.Read(ref _renewed),
        Interlocked.Read(ref _released),
        Interlocked.Read(ref _lost),
        Interlocked.Read(ref _refused),
        Interlocked.Read(ref _unknown));

    public async ValueTask DisposeAsync()
    {
        if (inner is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else (inner as IDisposable)?.Dispose();
    }

    private void CountUnknown(LockReply reply)
    {
        if (reply.Kind is LockReplyKind.Unknown or LockReplyKind.Unreachable) Interlocked.Increment(ref _unknown);
    }
}
