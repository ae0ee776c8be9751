using Coordinator.Core.Leases;

namespace Coordinator.Locking;

/// <summary>Locks within this process: for the embedded default, and for tests with several silos in one process.</summary>
public sealed class InProcessLockStore(TimeProvider clock) : ILockStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Token, long Start, TimeSpan Ttl)> _locks = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (Look_NeedsLock(key, token) is { Kind: not LockReplyKind.Free } reply) return new(reply);
            _locks[key] = (token, clock.GetTimestamp(), ttl);
            return new(Look_NeedsLock(key, token));
        }
    }

    /// <inheritdoc/>
    public ValueTask<LockReply> ReassertAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var reply = Look_NeedsLock(key, token);
            if (reply.Kind == LockReplyKind.HeldByOther) return new(reply);
            _locks[key] = (token, clock.GetTimestamp(), ttl);
            return new(Look_NeedsLock(key, token));
        }
    }

    /// <inheritdoc/>
    public ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var reply = Look_NeedsLock(key, token);
            if (reply.Kind != LockReplyKind.Mine) return new(reply);
            _locks[key] = (token, clock.GetTimestamp(), ttl);
            return new(reply with { Remaining = ttl });
        }
    }

    /// <inheritdoc/>
    public ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var reply = Look_NeedsLock(key, token);
            if (reply.Kind != LockReplyKind.Mine) return new(reply);
            _locks.Remove(key);
            return new(new LockReply(LockReplyKind.Free));
        }
    }

    private LockReply Look_NeedsLock(string key, string token)
    {
        if (!_locks.TryGetValue(key, out var found)) return new LockReply(LockReplyKind.Free);
        var remaining = found.Ttl - clock.GetElapsedTime(found.Start);
        if (remaining > TimeSpan.Zero)
            return new LockReply(found.Token == token ? LockReplyKind.Mine : LockReplyKind.HeldByOther, found.Token, remaining);
        _locks.Remove(key);
        return new LockReply(LockReplyKind.Free);
    }
}
