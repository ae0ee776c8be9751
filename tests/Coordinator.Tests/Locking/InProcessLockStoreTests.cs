using Coordinator.Core.Leases;
using Coordinator.Locking;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Locking;

public sealed class InProcessLockStoreTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _clock = new();
    private readonly InProcessLockStore _store;

    public InProcessLockStoreTests() => _store = new InProcessLockStore(_clock);

    [Fact]
    public async Task A_lock_is_one_owners_until_it_is_released()
    {
        Assert.Equal(LockReplyKind.Mine, (await _store.AcquireAsync("k", "a", Ttl, default)).Kind);
        Assert.Equal("a", (await _store.AcquireAsync("k", "b", Ttl, default)).Owner);
        Assert.Equal(LockReplyKind.HeldByOther, (await _store.ReleaseAsync("k", "b", default)).Kind);
        Assert.Equal(LockReplyKind.Free, (await _store.ReleaseAsync("k", "a", default)).Kind);
        Assert.Equal(LockReplyKind.Mine, (await _store.AcquireAsync("k", "b", Ttl, default)).Kind);
    }

    [Fact]
    public async Task A_lock_that_is_put_back_has_a_whole_life()
    {
        await _store.AcquireAsync("k", "a", Ttl, default);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(new LockReply(LockReplyKind.Mine, "a", Ttl), await _store.ReassertAsync("k", "a", Ttl, default));
        Assert.Equal(LockReplyKind.HeldByOther, (await _store.ReassertAsync("k", "b", Ttl, default)).Kind);
        _clock.Advance(Ttl);
        Assert.Equal(LockReplyKind.Mine, (await _store.ReassertAsync("k", "b", Ttl, default)).Kind);
    }

    [Fact]
    public async Task A_lock_ends_with_its_life_unless_renewed()
    {
        await _store.AcquireAsync("k", "a", Ttl, default);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(LockReplyKind.Mine, (await _store.RenewAsync("k", "a", Ttl, default)).Kind);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(LockReplyKind.HeldByOther, (await _store.RenewAsync("k", "b", Ttl, default)).Kind);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(LockReplyKind.Free, (await _store.RenewAsync("k", "a", Ttl, default)).Kind);
    }
}
