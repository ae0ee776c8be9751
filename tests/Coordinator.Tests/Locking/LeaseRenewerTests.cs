namespace Coordinator.Tests.Locking;

/// <summary>The silo's clock of leases: it visits a lease when a step of it is due.</summary>
public sealed class LeaseRenewerTests : GhettoLeaseTestBase
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task A_lease_is_renewed_once_in_a_third_of_its_ttl()
    {
        await StartAsync();
        Pass(Settings.Ttl);
        Assert.Equal(["acquire", "renew", "renew", "renew"], Store.Asked);
    }

    [Fact]
    public async Task A_lost_connection_renews_once_more_at_the_next_tick_and_the_schedule_goes_on_from_there()
    {
        await StartAsync();
        Pass(Tick);
        Renewer.RenewAllNow();
        Renewer.RenewAllNow();
        Pass(Tick);
        Assert.Equal(["acquire", "renew"], Store.Asked);
        Pass((Settings.Ttl / 3) - Tick);
        Assert.Equal(["acquire", "renew"], Store.Asked);
        Pass(Tick);
        Assert.Equal(["acquire", "renew", "renew"], Store.Asked);
    }

    [Fact]
    public async Task A_renewal_without_an_answer_is_tried_again_until_one_comes()
    {
        await StartAsync();
        Store.OnRenew = static () => new(ScriptedLockStore.Unreachable);
        Pass(Settings.Ttl / 3);
        Pass(2 * Tick);
        var tries = Store.Asked.Count;
        Assert.InRange(tries, 3, 4);
        Store.OnRenew = static () => new(ScriptedLockStore.Mine);
        Pass(2 * Tick);
        Assert.InRange(Store.Asked.Count, tries + 1, tries + 2);
        Pass((Settings.Ttl / 3) - (2 * Tick));
        Assert.True(Ghetto.Lease.IsHeld);
    }

    [Fact]
    public async Task A_lease_whose_activation_has_ended_is_visited_no_more()
    {
        await StartAsync();
        await Ghetto.OnStop();
        Renewer.RenewAllNow();
        Pass(Settings.Ttl);
        Assert.Equal(["acquire", "release"], Store.Asked);
    }

    private async Task StartAsync()
    {
        await Ghetto.OnStart();
        await Ghetto.WaitUntilHeldAsync();
    }

    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Tick)
        {
            Clock.Advance(Tick);
            Renewer.RenewDue();
        }
    }
}
