using Coordinator.Contention;
using Coordinator.Core.Leases;
using Coordinator.Errors;

namespace Coordinator.Tests.Locking;

/// <summary>The requests of an activation's lock to the store, and the results for its callers and its activation.</summary>
public sealed class GhettoLeaseTests : GhettoLeaseTestBase
{
    [Fact]
    public async Task However_many_callers_wait_the_store_is_asked_once()
    {
        var reply = new TaskCompletionSource<LockReply>();
        Store.OnAcquire = () => new(reply.Task);
        var callers = Enumerable.Range(0, 20).Select(_ => Ghetto.WaitUntilHeldAsync()).ToList();
        reply.SetResult(ScriptedLockStore.Mine);
        await Task.WhenAll(callers);
        Assert.True(Ghetto.Lease.IsHeld);
        Assert.Equal(["acquire"], Store.Asked);
    }

    [Fact]
    public async Task A_caller_behind_a_foreign_lock_hears_who_holds_it_and_that_nothing_was_queued()
    {
        Store.OnAcquire = static () => new(ScriptedLockStore.Rivals);
        var started = Clock.GetTimestamp();
        var failure = await Assert.ThrowsAsync<TableLockedException>(() => Clock.RunAsync(Ghetto.WaitUntilHeldAsync()));
        Assert.Contains("held by rival", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was queued", failure.Message, StringComparison.Ordinal);
        Assert.True(Clock.GetElapsedTime(started) >= Settings.AcquireTimeout - TimeSpan.FromSeconds(1), "it was asked for again until the limit");
        Assert.Empty(Activation.Ends);
    }

    [Fact]
    public async Task A_caller_hears_what_the_store_said_last_when_nobody_is_known_to_hold_the_lock()
    {
        Settings.AcquireTimeout = TimeSpan.FromSeconds(5);
        Store.OnAcquire = static () => new(ScriptedLockStore.Unreachable);
        var failure = await Assert.ThrowsAsync<TableLockedException>(() => Clock.RunAsync(Ghetto.WaitUntilHeldAsync()));
        Assert.Contains("Unreachable cache1 refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_comes_free_within_the_limit_lets_the_caller_in()
    {
        Store.OnAcquire = () => new(Store.Asked.Count < 5 ? ScriptedLockStore.Rivals : ScriptedLockStore.Mine);
        await Clock.RunAsync(Ghetto.WaitUntilHeldAsync());
        Assert.True(Ghetto.Lease.IsHeld);
    }

    [Fact]
    public async Task A_store_that_throws_is_asked_again()
    {
        Store.OnAcquire = () => Store.Asked.Count == 1 ? throw new InvalidOperationException("a fault") : new(ScriptedLockStore.Mine);
        await Clock.RunAsync(Ghetto.WaitUntilHeldAsync());
        Assert.True(Ghetto.Lease.IsHeld);
    }

    [Fact]
    public async Task A_lock_that_a_rival_took_ends_the_activation_once_and_turns_callers_away()
    {
        await Ghetto.WaitUntilHeldAsync();
        Store.OnRenew = static () => new(ScriptedLockStore.Rivals);
        Clock.Advance(Settings.Ttl / 3);
        Ghetto.RenewIfDue();
        Ghetto.RenewIfDue();
        Assert.Single(Activation.Ends);
        Assert.Equal(["acquire", "renew"], Store.Asked);
        await Assert.ThrowsAsync<TableMovedException>(() => Ghetto.WaitUntilHeldAsync());
    }

    [Fact]
    public async Task A_lease_that_ran_out_ends_the_activation_without_a_question()
    {
        await Ghetto.WaitUntilHeldAsync();
        Clock.Advance(Settings.Ttl);
        Ghetto.RenewIfDue();
        Assert.Single(Activation.Ends);
        Assert.Equal(["acquire"], Store.Asked);
    }

    [Fact]
    public async Task Nothing_is_asked_before_a_renewal_is_due_and_one_at_a_time_when_it_is()
    {
        await Ghetto.WaitUntilHeldAsync();
        Ghetto.RenewIfDue();
        Assert.Equal(["acquire"], Store.Asked);

        var reply = new TaskCompletionSource<LockReply>();
        Store.OnRenew = () => new(reply.Task);
        Clock.Advance(Settings.Ttl / 3);
        Ghetto.RenewIfDue();
        Ghetto.RenewIfDue();
        Assert.Equal(["acquire", "renew"], Store.Asked);
        reply.SetResult(ScriptedLockStore.Mine);
    }

    [Fact]
    public async Task A_key_that_the_store_forgot_is_put_back_at_the_next_tick()
    {
        await Ghetto.WaitUntilHeldAsync();
        Store.OnRenew = static () => new(ScriptedLockStore.Free);
        Clock.Advance(Settings.Ttl / 3);
        Ghetto.RenewIfDue();
        Ghetto.RenewIfDue();
        Assert.Equal(["acquire", "renew", "reassert"], Store.Asked);
        Assert.True(Ghetto.Lease.IsHeld);
    }

    [Fact]
    public async Task An_activation_that_never_asked_for_the_lock_has_none_to_give_back()
    {
        await Ghetto.OnStart();
        await Ghetto.OnStop();
        Assert.Empty(Store.Asked);
        Assert.Equal(LeaseState.Released, Ghetto.Lease.State);
    }

    [Fact]
    public async Task A_try_that_is_under_way_is_waited_for_before_the_lock_is_given_back()
    {
        var reply = new TaskCompletionSource<LockReply>();
        var asked = new TaskCompletionSource();
        Store.OnAcquire = () =>
        {
            asked.SetResult();
            return new(reply.Task);
        };
        var caller = Ghetto.WaitUntilHeldAsync();
        await asked.Task;
        var stopping = Ghetto.OnStop();
        Assert.False(stopping.IsCompleted);
        // It acquires the key after all. Without the release the key would block the table's next activation for a TTL.
        reply.SetResult(ScriptedLockStore.Mine);
        await stopping;
        Assert.Equal(["acquire", "release"], Store.Asked);
        await Assert.ThrowsAsync<TableMovedException>(() => caller);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_holds_the_end_of_an_activation_up_for_no_longer_than_its_limit()
    {
        await Ghetto.WaitUntilHeldAsync();
        Store.OnRelease = static async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ScriptedLockStore.Free;
        };
        var started = Clock.GetTimestamp();
        await Clock.RunAsync(Ghetto.OnStop());
        Assert.True(Clock.GetElapsedTime(started) >= Settings.ReleaseTimeout, "the limit was used");
    }
}
