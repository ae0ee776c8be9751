using Coordinator.Errors;
using Coordinator.Grains;

namespace Coordinator.Tests.Locking;

/// <summary>The callers that wait for an activation's lock, and the renewals that they do not see.</summary>
public sealed class GhettoLeaseCallerTests : GhettoLeaseTestBase
{
    [Fact]
    public async Task A_caller_that_is_turned_away_hears_the_lock_the_limit_and_when_to_come_back()
    {
        Settings.AcquireTimeout = TimeSpan.FromSeconds(1.5);
        Store.OnAcquire = static () => new(ScriptedLockStore.Rivals);
        var failure = await Assert.ThrowsAsync<TableLockedException>(() => Clock.RunAsync(Ghetto.WaitUntilHeldAsync()));
        Assert.Equal("The lock key is held by rival; gave up after 1.5 s. Nothing was queued; submit again.", failure.Message);
        Assert.Equal(TimeSpan.FromMilliseconds(200), failure.RetryAfter);
    }

    [Fact]
    public async Task A_caller_of_an_activation_that_ends_is_sent_to_the_next_one()
    {
        Ghetto.Lease.Release();
        var moved = await Assert.ThrowsAsync<TableMovedException>(() => Ghetto.WaitUntilHeldAsync());
        Assert.Equal(
            "The activation of table/public.events no longer holds its lock and ends. Submit again: it reaches the next one.", moved.Message);
        Assert.Empty(Store.Asked);
    }

    [Fact]
    public async Task The_wait_that_a_caller_had_is_what_the_clock_says()
    {
        Store.OnAcquire = () => new(Store.Asked.Count < 4 ? ScriptedLockStore.Rivals : ScriptedLockStore.Mine);
        var began = Clock.GetTimestamp();
        var waited = await Clock.RunAsync(Ghetto.WaitUntilHeldAsync());
        Assert.InRange(waited, TimeSpan.FromMilliseconds(300), Clock.GetElapsedTime(began));
        Assert.Equal(TimeSpan.Zero, await Ghetto.WaitUntilHeldAsync());
    }

    [Fact]
    public async Task A_caller_with_little_time_left_hears_of_a_foreign_lock_while_another_one_goes_on_waiting()
    {
        Store.OnAcquire = static () => new(ScriptedLockStore.Rivals);
        var began = Clock.GetTimestamp();
        var patient = Ghetto.WaitUntilHeldAsync();
        var hurried = HurriedAsync();
        await Assert.ThrowsAsync<TableLockedException>(() => Clock.RunAsync(hurried));
        Assert.True(Clock.GetElapsedTime(began) < TimeSpan.FromSeconds(3));
        Assert.False(patient.IsCompleted);
        await Assert.ThrowsAsync<TableLockedException>(() => Clock.RunAsync(patient));

        async Task HurriedAsync()
        {
            CallerTime.Announce(TimeSpan.FromSeconds(3));
            await Ghetto.WaitUntilHeldAsync();
        }
    }

    [Fact]
    public async Task The_end_of_the_activation_names_the_lock_that_it_lost()
    {
        await Ghetto.WaitUntilHeldAsync();
        Store.OnRenew = static () => new(ScriptedLockStore.Rivals);
        Clock.Advance(Settings.Ttl / 3);
        Ghetto.RenewIfDue();
        var end = Assert.Single(Activation.Ends);
        Assert.Equal((DeactivationReasonCode.ApplicationRequested, "It lost its lock key."), (end.ReasonCode, end.Description));
    }

    [Fact]
    public async Task A_lost_connection_brings_the_renewals_of_started_activations_forward_until_they_stop()
    {
        await Ghetto.OnStart();
        await Ghetto.WaitUntilHeldAsync();
        Renewer.RenewAllNow();
        Ghetto.RenewIfDue();
        Assert.Equal(["acquire", "renew"], Store.Asked);
        await Ghetto.OnStop();
        Renewer.RenewAllNow();
        Ghetto.RenewIfDue();
        Assert.Equal(["acquire", "renew", "release"], Store.Asked);
    }

    [Fact]
    public async Task After_the_limit_the_store_is_left_alone_until_another_call_waits()
    {
        Settings.AcquireTimeout = TimeSpan.FromSeconds(1);
        Store.OnAcquire = static () => new(ScriptedLockStore.Rivals);
        await Assert.ThrowsAsync<TableLockedException>(() => Clock.RunAsync(Ghetto.WaitUntilHeldAsync()));
        var asked = Store.Asked.Count;
        Assert.InRange(asked, 2, 20);
        for (var i = 0; i < 20; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        Assert.Equal(asked, Store.Asked.Count);
        await Assert.ThrowsAsync<TableLockedException>(() => Clock.RunAsync(Ghetto.WaitUntilHeldAsync()));
        Assert.True(Store.Asked.Count > asked);
    }
}
