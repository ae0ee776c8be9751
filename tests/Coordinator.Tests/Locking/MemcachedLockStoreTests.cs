using Coordinator.Core.Leases;
using Coordinator.Locking;
using Coordinator.Memcached.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Locking;

/// <summary>How the store interprets memcached's answers. The integration tests do the same with a real server.</summary>
public sealed class MemcachedLockStoreTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(15);
    private static readonly MemcachedReply Lost = new(ReplyKind.Lost, Detail: "no answer in time");

    private readonly FakeMemcached _memcached = new();
    private readonly MemcachedLockStore _store;

    public MemcachedLockStoreTests()
    {
        _memcached.SetAge(TimeSpan.FromDays(1));
        _store = new MemcachedLockStore(_memcached, new Canary(FakeMemcached.CanaryKey), new FakeTimeProvider());
    }

    [Fact]
    public async Task A_free_lock_is_added_and_read_back_with_its_life()
    {
        Assert.Equal(new LockReply(LockReplyKind.Mine, "me", Ttl), await AcquireAsync());
        Assert.Equal(["peek canary", "get k", "add k", "get k", "peek canary"], _memcached.Commands);
    }

    [Fact]
    public async Task A_contender_only_reads_and_learns_the_owner_and_the_remaining_life()
    {
        _memcached.Put("k", "rival", TimeSpan.FromSeconds(9));
        Assert.Equal(new LockReply(LockReplyKind.HeldByOther, "rival", TimeSpan.FromSeconds(9)), await AcquireAsync());
        Assert.Equal(["peek canary", "get k"], _memcached.Commands);
    }

    [Fact]
    public async Task A_key_of_an_earlier_try_is_mine_without_another_write()
    {
        _memcached.Put("k", "me", TimeSpan.FromSeconds(9));
        Assert.Equal(new LockReply(LockReplyKind.Mine, "me", TimeSpan.FromSeconds(9)), await AcquireAsync());
        Assert.DoesNotContain("add k", _memcached.Commands);
    }

    [Fact]
    public async Task A_rival_that_adds_the_key_first_is_the_owner()
    {
        _memcached.Before = command =>
        {
            if (command == "add k") _memcached.Put("k", "rival", Ttl);
            return null;
        };
        Assert.Equal((LockReplyKind.HeldByOther, "rival"), Of(await AcquireAsync()));
    }

    [Fact]
    public async Task NOT_STORED_with_my_token_in_the_key_is_mine()
    {
        // The answer to an earlier add was lost, and the key becomes visible only now.
        _memcached.Before = command =>
        {
            if (command != "add k") return null;
            _memcached.Put("k", "me", Ttl);
            return new MemcachedReply(ReplyKind.NotStored);
        };
        Assert.Equal(LockReplyKind.Mine, (await AcquireAsync()).Kind);
    }

    [Fact]
    public async Task A_key_that_is_gone_right_after_it_was_added_is_free()
    {
        _memcached.Before = static command => command == "add k" ? new MemcachedReply(ReplyKind.Stored) : null;
        Assert.Equal(LockReplyKind.Free, (await AcquireAsync()).Kind);
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(15, 1)]
    [InlineData(16, null)]
    public async Task A_young_server_gives_no_lock_before_a_ttl_and_a_second_are_over(int age, int? left)
    {
        _memcached.SetAge(TimeSpan.FromSeconds(age));
        var reply = await AcquireAsync();
        if (left is null)
        {
            Assert.Equal(LockReplyKind.Mine, reply.Kind);
            return;
        }

        Assert.Equal((LockReplyKind.Quarantined, TimeSpan.FromSeconds(left.Value)), (reply.Kind, reply.Remaining));
        Assert.Contains("cache1:11211", reply.Detail, StringComparison.Ordinal);
        Assert.Null(_memcached["k"]);
    }

    [Fact]
    public async Task A_server_without_a_canary_gets_one_and_is_young()
    {
        _memcached.Remove(FakeMemcached.CanaryKey);
        var reply = await AcquireAsync();
        Assert.Equal((LockReplyKind.Quarantined, TimeSpan.FromSeconds(16)), (reply.Kind, reply.Remaining));
        Assert.Equal("me", _memcached[FakeMemcached.CanaryKey]);
    }

    [Fact]
    public async Task My_key_on_a_young_server_proves_nothing_and_a_rivals_key_does()
    {
        _memcached.SetAge(TimeSpan.Zero);
        _memcached.Put("k", "me", Ttl);
        Assert.Equal(LockReplyKind.Quarantined, (await AcquireAsync()).Kind);
        _memcached.Put("k", "rival", Ttl);
        Assert.Equal(LockReplyKind.HeldByOther, (await AcquireAsync()).Kind);
    }

    [Fact]
    public async Task A_memory_that_is_lost_between_the_first_look_and_the_key_takes_the_key_back()
    {
        _memcached.Before = command =>
        {
            if (command == "add k") _memcached.SetAge(TimeSpan.FromSeconds(1));
            return null;
        };
        Assert.Equal(LockReplyKind.Quarantined, (await AcquireAsync()).Kind);
        Assert.Null(_memcached["k"]);
    }

    [Theory]
    [InlineData("get k", 0)]
    [InlineData("peek canary", 0)]
    [InlineData("add k", 0)]
    [InlineData("get k", 1)]
    [InlineData("peek canary", 1)]
    public async Task A_lost_answer_anywhere_is_unknown_and_takes_no_key_away(string lost, int nth)
    {
        var seen = 0;
        _memcached.Before = command => command == lost && seen++ == nth ? Lost : null;
        var reply = await AcquireAsync();
        Assert.Equal((LockReplyKind.Unknown, "cache1:11211: no answer in time"), (reply.Kind, reply.Detail));
        Assert.DoesNotContain("delete k", _memcached.Commands);
    }

    [Fact]
    public async Task No_connection_is_unreachable_and_the_server_is_named_once()
    {
        _memcached.Before = static _ => new MemcachedReply(ReplyKind.Unreachable, Detail: "cache1:11211 refused");
        var reply = await AcquireAsync();
        Assert.Equal((LockReplyKind.Unreachable, "cache1:11211 refused"), (reply.Kind, reply.Detail));
        _memcached.Before = static _ => new MemcachedReply(ReplyKind.Error);
        Assert.Equal("cache1:11211: Error", (await AcquireAsync()).Detail);
    }

    [Fact]
    public async Task An_acquire_that_is_cancelled_after_its_add_gives_the_key_back()
    {
        _memcached.Before = command => command == "peek canary" && _memcached["k"] is not null ? throw new OperationCanceledException() : null;
        await Assert.ThrowsAsync<OperationCanceledException>(AcquireAsync);
        Assert.Null(_memcached["k"]);
    }

    [Fact]
    public async Task Only_the_value_says_whose_renewal_it_was()
    {
        Assert.Equal(LockReplyKind.Free, (await RenewAsync()).Kind);
        _memcached.Put("k", "rival", TimeSpan.FromSeconds(1));
        Assert.Equal((LockReplyKind.HeldByOther, "rival"), Of(await RenewAsync()));
        _memcached.Put("k", "me", TimeSpan.FromSeconds(1));
        Assert.Equal(new LockReply(LockReplyKind.Mine, "me", Ttl), await RenewAsync());
        _memcached.Before = static _ => Lost;
        Assert.Equal(LockReplyKind.Unknown, (await RenewAsync()).Kind);
    }

    [Fact]
    public async Task A_key_that_is_put_back_is_mine_on_an_old_server_and_quarantined_with_me_as_owner_on_a_young_one()
    {
        Assert.Equal(new LockReply(LockReplyKind.Mine, "me", Ttl), await ReassertAsync());
        _memcached.Remove(FakeMemcached.CanaryKey);
        Assert.Equal((LockReplyKind.Quarantined, "me"), Of(await ReassertAsync()));
        Assert.NotNull(_memcached[FakeMemcached.CanaryKey]);
        _memcached.Put("k", "rival", Ttl);
        Assert.Equal((LockReplyKind.HeldByOther, "rival"), Of(await ReassertAsync()));
    }

    [Theory]
    [InlineData("add k")]
    [InlineData("touch k")]
    [InlineData("peek canary")]
    public async Task A_lost_answer_to_what_puts_a_key_back_is_unknown(string lost)
    {
        _memcached.Before = command => command == lost ? Lost : null;
        Assert.Equal(LockReplyKind.Unknown, (await ReassertAsync()).Kind);
    }

    [Fact]
    public async Task A_key_that_is_evicted_while_it_is_put_back_is_free()
    {
        _memcached.Before = static command => command == "add k" ? new MemcachedReply(ReplyKind.Stored) : null;
        Assert.Equal(LockReplyKind.Free, (await ReassertAsync()).Kind);
    }

    [Fact]
    public async Task A_release_deletes_my_key_alone_and_again_if_its_CAS_moved()
    {
        _memcached.Put("k", "rival", Ttl);
        Assert.Equal(LockReplyKind.HeldByOther, (await ReleaseAsync()).Kind);
        Assert.Equal("rival", _memcached["k"]);

        _memcached.Put("k", "me", Ttl);
        var moves = 4;
        _memcached.Before = command => command == "delete k" && moves-- > 0 ? new MemcachedReply(ReplyKind.Exists) : null;
        Assert.Equal(LockReplyKind.Free, (await ReleaseAsync()).Kind);
        Assert.Null(_memcached["k"]);
        Assert.Equal(LockReplyKind.Free, (await ReleaseAsync()).Kind);
    }

    [Fact]
    public async Task A_CAS_that_never_stands_still_leaves_the_release_unknown()
    {
        _memcached.Put("k", "me", Ttl);
        _memcached.Before = static command => command == "delete k" ? new MemcachedReply(ReplyKind.Exists) : null;
        var reply = await ReleaseAsync();
        Assert.Equal((LockReplyKind.Unknown, "cache1:11211: its CAS changed 5 times"), (reply.Kind, reply.Detail));
        Assert.Equal(5, _memcached.Commands.Count(static c => c == "delete k"));
    }

    private static (LockReplyKind Kind, string Owner) Of(LockReply reply) => (reply.Kind, reply.Owner);

    private Task<LockReply> AcquireAsync() => _store.AcquireAsync("k", "me", Ttl, CancellationToken.None).AsTask();

    private Task<LockReply> RenewAsync() => _store.RenewAsync("k", "me", Ttl, CancellationToken.None).AsTask();

    private Task<LockReply> ReassertAsync() => _store.ReassertAsync("k", "me", Ttl, CancellationToken.None).AsTask();

    private Task<LockReply> ReleaseAsync() => _store.ReleaseAsync("k", "me", CancellationToken.None).AsTask();
}
