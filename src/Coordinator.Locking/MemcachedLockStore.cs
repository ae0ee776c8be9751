using System.Runtime.CompilerServices;
using Coordinator.Core.Leases;
using Coordinator.Core.Outages;
using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Locking;

/// <summary>Locks in memcached. This class interprets the replies; the client transports them.</summary>
/// <remarks>Each operation uses one connection. What was read on it never applies to the server of the next connection.</remarks>
internal sealed class MemcachedLockStore(IMemcached memcached, Canary canary, TimeProvider clock, OutageLog? outages = null) : ILockStore
{
    private const int DeleteTries = 5;

    private static readonly TimeSpan CleanupTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Reads first, so that a contender for a held lock writes nothing. Only a missing key on a trusted server is added.</summary>
    public async ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        using var span = LockingSpans.StartAsking(LockingSpans.Acquire, connection.Server);
        return Noted(connection, span.Told(await AcquireAsync(connection, key, token, ttl, cancellationToken)));
    }

    private async ValueTask<LockReply> AcquireAsync(
        IMemcachedConnection connection, string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var peeking = canary.PeekAsync(connection, cancellationToken);
        var getting = connection.GetAsync(key, cancellationToken);
        var seen = await peeking;
        var get = await getting;
        if (get.IsTrouble) return Trouble(connection, get);
        if (get.Kind == ReplyKind.Value && get.Value != token) return Other(get);
        if (seen.IsTrouble) return Trouble(connection, seen);
        if (canary.QuarantineLeft(connection.Server, seen, ttl) is { } left)
        {
            if (seen.Kind == ReplyKind.Miss) await canary.AddAsync(connection, token, cancellationToken);
            // This owner's key, from a try whose reply was lost, may be newer than the loss of memory. It is trusted no more than a missing one.
            return Quarantined(connection, left);
        }

        return get.Kind == ReplyKind.Value ? Mine(get, token) : await AddAsync(connection, key, token, ttl, cancellationToken);
    }

    public async ValueTask<LockReply> ReassertAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        using var span = LockingSpans.StartAsking(LockingSpans.Reassert, connection.Server);
        return Noted(connection, span.Told(await ReassertAsync(connection, key, token, ttl, cancellationToken)));
    }

    private async ValueTask<LockReply> ReassertAsync(
        IMemcachedConnection connection, string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var adding = connection.AddAsync(key, token, ttl, cancellationToken);
        var touching = connection.TouchAsync(key, ttl, cancellationToken);
        var peeking = canary.PeekAsync(connection, cancellationToken);
        var add = await adding;
        var touch = await touching;
        var seen = await peeking;
        if (seen.Kind == ReplyKind.Miss) await canary.AddAsync(connection, token, cancellationToken);
        if (add.IsTrouble) return Trouble(connection, add);
        if (touch.IsTrouble) return Trouble(connection, touch);
        if (touch.Kind == ReplyKind.Value && touch.Value != token) return Other(touch);
        if (seen.IsTrouble) return Trouble(connection, seen);
        if (canary.QuarantineLeft(connection.Server, seen, ttl) is { } left) return Quarantined(connection, left) with { Owner = touch.Value };
        return touch.Kind == ReplyKind.Value ? Mine(touch, token) : Free;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        // This may extend a rival's TTL, by as much as the rival's own renewal would. The value shows the owner.
        return Noted(connection, Read(connection, await connection.TouchAsync(key, ttl, cancellationToken), token));
    }

    public async ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken) =>
        await ReleaseAsync(await memcached.ConnectionOfAsync(key, cancellationToken), key, token, cancellationToken);

    /// <summary>Tells the log of outages whether the server answered.</summary>
    private LockReply Noted(IMemcachedConnection connection, LockReply reply)
    {
        if (outages is null) return reply;
        if (reply.Kind is LockReplyKind.Unreachable or LockReplyKind.Unknown) outages.OnServiceFailed($"memcached {connection.Server}", reply.Detail);
        else if (outages.HasFailingService) outages.OnServiceAnswered($"memcached {connection.Server}");
        return reply;
    }

    private static LockReply Free => new(LockReplyKind.Free);

    private async ValueTask<LockReply> AddAsync(
        IMemcachedConnection connection, string key, string token, TimeSpan ttl, CancellationToken cancellationToken)
    {
        try
        {
            var adding = connection.AddAsync(key, token, ttl, cancellationToken);
            var getting = connection.GetAsync(key, cancellationToken);
            var peeking = canary.PeekAsync(connection, cancellationToken);
            var add = await adding;
            var get = await getting;
            var seen = await peeking;
            // The reply to `add` is not sufficient: after a lost reply NOT_STORED may come from this owner's own earlier try. A possibly stored
            // key is not deleted when the state is unclear: its owner finds it at the next try, or releases it at the end.
            if (add.IsTrouble) return Trouble(connection, add);
            if (get.IsTrouble) return Trouble(connection, get);
            if (get.Kind == ReplyKind.Value && get.Value != token) return Other(get);
            if (seen.IsTrouble) return Trouble(connection, seen);
            if (canary.QuarantineLeft(connection.Server, seen, ttl) is not { } left) return get.Kind == ReplyKind.Value ? Mine(get, token) : Free;
            // The server lost its memory between the first read and the add.
            await ReleaseAsync(connection, key, token, cancellationToken);
            return Quarantined(connection, left);
        }
        catch (OperationCanceledException)
        {
            _ = GiveUpAsync(key, token);
            throw;
        }
    }

    private static async ValueTask<LockReply> ReleaseAsync(
        IMemcachedConnection connection, string key, string token, CancellationToken cancellationToken)
    {
        for (var i = 0; i < DeleteTries; i++)
        {
            var get = await connection.GetAsync(key, cancellationToken);
            if (get.Kind != ReplyKind.Value || get.Value != token) return Read(connection, get, token);
            var delete = await connection.DeleteAsync(key, get.Cas, cancellationToken);
            // The CAS may change without a write, when memcached moves pages. Read again.
            if (delete.Kind != ReplyKind.Exists) return Read(connection, delete, token);
        }

        return new LockReply(LockReplyKind.Unknown, Detail: $"{connection.Server}: its CAS changed {DeleteTries} times");
    }

    private static LockReply Read(IMemcachedConnection connection, MemcachedReply reply, string token) => reply.Kind switch
    {
        ReplyKind.Value => reply.Value == token ? Mine(reply, token) : Other(reply),
        ReplyKind.Miss or ReplyKind.NotFound or ReplyKind.Deleted => Free,
        _ => Trouble(connection, reply),
    };

    /// <summary>With the caller's own text, because leases keep their last reply.</summary>
    private static LockReply Mine(MemcachedReply reply, string token) => new(LockReplyKind.Mine, token, Seconds(reply));

    private static LockReply Other(MemcachedReply reply) => new(LockReplyKind.HeldByOther, reply.Value, Seconds(reply));

    private static LockReply Quarantined(IMemcachedConnection connection, TimeSpan left) => new(
        LockReplyKind.Quarantined, Remaining: left, Detail: $"{connection.Server} lost its memory recently; {left.TotalSeconds:0} s to wait");

    private static LockReply Trouble(IMemcachedConnection connection, MemcachedReply reply)
    {
        var server = connection.Server.ToString();
        var detail = reply.Detail.Length > 0 ? reply.Detail : reply.Kind.ToString();
        if (!detail.StartsWith(server, StringComparison.Ordinal)) detail = $"{server}: {detail}";
        return new LockReply(reply.Kind == ReplyKind.Unreachable ? LockReplyKind.Unreachable : LockReplyKind.Unknown, Detail: detail);
    }

    private static TimeSpan Seconds(MemcachedReply reply) => TimeSpan.FromSeconds(Math.Max(reply.TtlSeconds ?? 0, 0));

    private async Task GiveUpAsync(string key, string token)
    {
        using var limit = new CancellationTokenSource(CleanupTimeout, clock);
        try
        {
            await ReleaseAsync(key, token, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The key expires with its TTL.
        }
    }
}
