using Coordinator.Core.Leases;
using Coordinator.IntegrationTests.Memcached;
using Coordinator.Locking;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Locking;

public sealed class MemcachedLockStoreTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Every_answer_says_what_is_known()
    {
        await using var server = await MemcachedServer.StartAsync();
        await using var client = Clients.Of(server.Endpoint);
        var store = new MemcachedLockStore(client, TimeProvider.System);
        Assert.Equal(LockReplyKind.Free, (await store.RenewAsync("k", "a", Ttl, default)).Kind);
        Assert.Equal(LockReplyKind.Mine, (await store.AcquireAsync("k", "a", Ttl, default)).Kind);
        Assert.Equal(LockReplyKind.Mine, (await store.AcquireAsync("k", "a", Ttl, default)).Kind);
        var rivals = await store.AcquireAsync("k", "b", Ttl, default);
        Assert.Equal((LockReplyKind.HeldByOther, "a"), (rivals.Kind, rivals.Owner));
        Assert.Equal(LockReplyKind.HeldByOther, (await store.RenewAsync("k", "b", Ttl, default)).Kind);
        Assert.Equal(LockReplyKind.HeldByOther, (await store.ReleaseAsync("k", "b", default)).Kind);
        Assert.Equal(LockReplyKind.Free, (await store.ReleaseAsync("k", "a", default)).Kind);
        await server.SignalAsync("STOP");
        Assert.Equal(LockReplyKind.Unknown, (await store.AcquireAsync("k", "a", Ttl, default)).Kind);
    }

    [Fact]
    public async Task An_acquire_that_was_given_up_is_released()
    {
        await using var server = await MemcachedServer.StartAsync();
        await using var client = Clients.Of(server.Endpoint);
        var store = new MemcachedLockStore(client, TimeProvider.System);
        await client.PingAsync(default);
        await server.SignalAsync("STOP");
        using var giveUp = new CancellationTokenSource();
        var acquiring = store.AcquireAsync("k", "a", Ttl, giveUp.Token).AsTask();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acquiring);
        await server.SignalAsync("CONT");
        await Eventually.TrueAsync("it was taken and given back", async ct => (await server.StatsAsync(ct: ct))["delete_hits"] == "1");
    }
}
