using Coordinator.Core.Leases;
using Coordinator.IntegrationTests.Memcached;
using Coordinator.Locking;
using Coordinator.Memcached;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Locking;

public sealed class MemcachedLockStoreTests
{
    private const string ServiceId = "store";

    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(15);
    private static readonly string CanaryKey = LockKey.OfCanary(ServiceId);

    [Fact]
    public async Task Every_answer_says_what_is_known()
    {
        await using var server = await MemcachedServer.StartAsync();
        await server.GrowOldAsync(ServiceId);
        await using var client = Clients.Of(server.Endpoint);
        var store = Store(client);
        Assert.Equal(LockReplyKind.Free, (await store.RenewAsync("k", "a", Ttl, default)).Kind);
        Assert.Equal(LockReplyKind.Mine, (await store.AcquireAsync("k", "a", Ttl, default)).Kind);
        Assert.Equal(LockReplyKind.Mine, (await store.AcquireAsync("k", "a", Ttl, default)).Kind);
        var rivals = await store.AcquireAsync("k", "b", Ttl, default);
        Assert.Equal((LockReplyKind.HeldByOther, "a"), (rivals.Kind, rivals.Owner));
        Assert.Equal(LockReplyKind.HeldByOther, (await store.RenewAsync("k", "b", Ttl, default)).Kind);
        Assert.Equal(LockReplyKind.HeldByOther, (await store.ReleaseAsync("k", "b", default)).Kind);
        Assert.Equal(LockReplyKind.Free, (await store.ReleaseAsync("k", "a", default)).Kind);
        await server.SignalAsync("STOP");
        var unknown = await store.AcquireAsync("k", "a", Ttl, default);
        Assert.Equal(LockReplyKind.Unknown, unknown.Kind);
        Assert.StartsWith($"{server.Endpoint}: ", unknown.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_acquire_that_was_given_up_is_released()
    {
        await using var server = await MemcachedServer.StartAsync();
        await server.GrowOldAsync(ServiceId);
        await using var client = Clients.Of(server.Endpoint);
        var store = Store(client);
        await client.PingAsync(default);
        using var giveUp = new CancellationTokenSource();
        var before = new StoppingMemcached(client, onAdd: () => server.SignalAsync("STOP"));
        var acquiring = Store(before).AcquireAsync("k", "a", Ttl, giveUp.Token).AsTask();
        await before.Added;
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acquiring);
        await server.SignalAsync("CONT");
        await Eventually.TrueAsync("it was taken and given back", async ct => (await server.StatsAsync(ct: ct))["delete_hits"] == "1");
    }

    [Fact]
    public async Task An_empty_server_gives_no_lock_away_before_a_lifetime_has_passed()
    {
        await using var server = await MemcachedServer.StartAsync();
        await using var client = Clients.Of(server.Endpoint);
        var first = await Store(client).AcquireAsync("k", "a", Ttl, default);
        Assert.Equal((LockReplyKind.Quarantined, TimeSpan.FromSeconds(16)), (first.Kind, first.Remaining));
        Assert.Equal("EN", (await server.CommandAsync("mg k v")).Trim());
        // A new store gets the same answer: the age is in the canary, not in memory.
        await Eventually.TrueAsync("its age is told", async ct => (await Store(client).AcquireAsync("k", "b", Ttl, ct)).Remaining < first.Remaining);
        await SetCanaryAgeAsync(server, 15);
        Assert.Equal(LockReplyKind.Quarantined, (await Store(client).AcquireAsync("k", "a", Ttl, default)).Kind);
        await SetCanaryAgeAsync(server, 16);
        Assert.Equal(LockReplyKind.Mine, (await Store(client).AcquireAsync("k", "a", Ttl, default)).Kind);
    }

    [Fact]
    public async Task A_current_owner_puts_its_key_back_in_quarantine_and_others_see_it()
    {
        await using var server = await MemcachedServer.StartAsync();
        await using var client = Clients.Of(server.Endpoint);
        var store = Store(client);
        var put = await store.ReassertAsync("k", "a", Ttl, default);
        Assert.Equal((LockReplyKind.Quarantined, "a"), (put.Kind, put.Owner));
        Assert.Equal("a", (await store.AcquireAsync("k", "b", Ttl, default)).Owner);
        Assert.Equal(LockReplyKind.HeldByOther, (await store.ReassertAsync("k", "b", Ttl, default)).Kind);
        // AcquireAsync added the canary too.
        await SetCanaryAgeAsync(server, 16, "touch");
        Assert.Equal(LockReplyKind.Mine, (await store.ReassertAsync("k", "a", Ttl, default)).Kind);
    }

    [Fact]
    public async Task After_flush_all_an_absent_key_is_not_free()
    {
        await using var server = await MemcachedServer.StartAsync();
        await server.GrowOldAsync(ServiceId);
        await using var client = Clients.Of(server.Endpoint);
        var store = Store(client);
        await Eventually.TrueAsync("what is a second old is flushed", async ct =>
        {
            await server.CommandAsync("flush_all", ct);
            return (await store.AcquireAsync("k", "a", Ttl, ct)).Kind == LockReplyKind.Quarantined;
        });
        Assert.Equal(LockReplyKind.Quarantined, (await store.AcquireAsync("k", "a", Ttl, default)).Kind);
    }

    private static MemcachedLockStore Store(IMemcached memcached) => new(memcached, new Canary(CanaryKey), TimeProvider.System);

    private static Task<string> SetCanaryAgeAsync(MemcachedServer server, int seconds, string command = "set")
    {
        var left = 2_592_000 - seconds;
        return server.CommandAsync(command == "touch" ? $"touch {CanaryKey} {left}" : $"{command} {CanaryKey} 0 {left} 1\r\nc");
    }
}
