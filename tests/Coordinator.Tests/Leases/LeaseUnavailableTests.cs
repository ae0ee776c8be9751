using Coordinator.Contention;
using Coordinator.Core.Leases;

namespace Coordinator.Tests.Leases;

/// <summary>A lease whose store does not answer.</summary>
public sealed class LeaseUnavailableTests : LeaseTestBase
{
    [Fact]
    public void One_try_without_an_answer_neither_takes_the_lock_nor_goes_on_without()
    {
        var lease = New();
        lease.OnAcquireReply(Clock.GetTimestamp(), Unknown);
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseStepKind.Acquire, lease.Next().Kind);
    }

    [Fact]
    public void A_new_owner_proceeds_unverified_once_every_earlier_lease_has_ended()
    {
        var lease = New();
        FailUntil(lease, TimeSpan.FromSeconds(14.9), () => Assert.False(lease.IsHeld));
        FailUntil(lease, TimeSpan.FromSeconds(1));
        Assert.True(lease.IsHeld);
        Assert.Equal(LeaseState.Unverified, lease.View().State);
    }

    [Fact]
    public void A_new_owner_may_be_set_to_proceed_sooner()
    {
        var lease = New(new LeaseOptions { UnavailableAfter = TimeSpan.Zero });
        lease.OnAcquireReply(Clock.GetTimestamp(), Unreachable);
        Assert.Equal(LeaseState.Unverified, lease.View().State);
    }

    [Fact]
    public void An_answer_in_between_makes_a_new_owner_patient_again()
    {
        var lease = New();
        FailUntil(lease, TimeSpan.FromSeconds(14));
        lease.OnAcquireReply(Clock.GetTimestamp(), Rivals);
        FailUntil(lease, TimeSpan.FromSeconds(14), () => Assert.False(lease.IsHeld));
    }

    [Fact]
    public void An_unreachable_store_keeps_the_lease_waiting_if_it_must_wait()
    {
        var lease = New(WhenUnavailable.Wait);
        for (var i = 0; i < 10; i++) lease.OnAcquireReply(Clock.GetTimestamp(), Unreachable);
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseState.Waiting, lease.State);
    }

    [Fact]
    public void A_held_lease_whose_renewals_go_unanswered_is_lost_in_time_if_it_must_wait()
    {
        var lease = Held(WhenUnavailable.Wait);
        FailUntil(lease, TimeSpan.FromSeconds(13));
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public void A_held_lease_whose_renewals_go_unanswered_becomes_unverified_without_a_gap()
    {
        var lease = Held();
        FailUntil(lease, TimeSpan.FromSeconds(60), () => Assert.True(lease.IsHeld));
        Assert.Equal(LeaseState.Unverified, lease.State);
        lease.OnReassertReply(Clock.GetTimestamp(), Mine);
        Assert.Equal(LeaseState.Held, lease.State);
    }

    [Fact]
    public void A_renewal_without_an_answer_is_reported_at_once_though_the_lease_is_certain_still()
    {
        var lease = Held();
        Clock.Advance(TimeSpan.FromSeconds(5));
        lease.OnRenewReply(Clock.GetTimestamp(), Unreachable);
        Assert.Equal(LeaseState.Held, lease.State);
        Assert.Equal((LeaseState.Unverified, 7_000d), (lease.View().State, lease.View().RemainingMilliseconds));
        lease.OnRenewReply(Clock.GetTimestamp(), Mine);
        Assert.Equal(LeaseState.Held, lease.View().State);
    }

    [Fact]
    public void An_unverified_lease_that_meets_a_rival_is_lost()
    {
        var lease = Unverified();
        lease.OnReassertReply(Clock.GetTimestamp(), Rivals);
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public async Task Who_may_have_been_cut_off_hears_of_the_rival_before_it_works_unverified()
    {
        var lease = Unverified();
        var confirming = lease.ConfirmAsync(CancellationToken.None).AsTask();
        Assert.False(confirming.IsCompleted);
        lease.OnReassertReply(Clock.GetTimestamp(), Rivals);
        Assert.False(await confirming);
    }

    [Fact]
    public async Task Who_may_have_been_cut_off_works_once_the_store_says_so_or_stays_away_for_a_ttl()
    {
        var lease = Unverified();
        var confirming = lease.ConfirmAsync(CancellationToken.None).AsTask();
        lease.OnReassertReply(Clock.GetTimestamp(), Mine);
        Assert.True(await confirming);
        Assert.True(await lease.ConfirmAsync(CancellationToken.None));

        lease = Unverified();
        confirming = lease.ConfirmAsync(CancellationToken.None).AsTask();
        FailUntil(lease, new LeaseOptions().Ttl - TimeSpan.FromSeconds(1), () => Assert.False(confirming.IsCompleted));
        FailUntil(lease, TimeSpan.FromSeconds(2), static () => { });
        Assert.True(await confirming);
    }
}
