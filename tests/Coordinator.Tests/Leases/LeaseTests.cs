using Coordinator.Contention;
using Coordinator.Core.Leases;

namespace Coordinator.Tests.Leases;

/// <summary>What replies and time make of a lease whose store answers.</summary>
public sealed class LeaseTests : LeaseTestBase
{
    [Fact]
    public void A_new_lease_is_not_held_and_wants_to_be_acquired_now()
    {
        var lease = New();
        Assert.False(lease.IsHeld);
        Assert.Equal(new LeaseStep(LeaseStepKind.Acquire, TimeSpan.Zero), lease.Next());
    }

    [Fact]
    public void A_lease_is_valid_for_its_ttl_less_rounding_and_margin_from_before_the_request_left()
    {
        var lease = New();
        var sent = Clock.GetTimestamp();
        Clock.Advance(TimeSpan.FromSeconds(4));
        lease.OnAcquireReply(sent, Mine);
        Clock.Advance(TimeSpan.FromSeconds(8) - TimeSpan.FromTicks(1));
        Assert.True(lease.IsHeld);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public void A_held_lease_is_renewed_after_a_third_of_its_ttl()
    {
        var lease = Held();
        Assert.Equal(LeaseStepKind.Renew, lease.Next().Kind);
        Assert.Equal(TimeSpan.FromSeconds(5), lease.Next().Delay);
    }

    [Fact]
    public void A_renewal_by_a_rival_is_not_mine()
    {
        var lease = Held();
        lease.OnRenewReply(Clock.GetTimestamp(), Rivals);
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseState.Lost, lease.View().State);
        Assert.Equal(LeaseStepKind.Nothing, lease.Next().Kind);
    }

    [Fact]
    public void A_contender_waits_and_knows_whom_for()
    {
        var lease = New();
        lease.OnAcquireReply(Clock.GetTimestamp(), Rivals);
        Assert.Equal(LeaseState.Waiting, lease.View().State);
        Assert.Equal("rival", lease.View().Owner);
        Assert.InRange(lease.Next().Delay, TimeSpan.FromMilliseconds(99), TimeSpan.FromMilliseconds(301));
    }

    [Fact]
    public void A_renewal_that_misses_lengthens_nothing_and_asks_to_put_the_key_back()
    {
        var lease = Held();
        Clock.Advance(TimeSpan.FromSeconds(5));
        lease.OnRenewReply(Clock.GetTimestamp(), Free);
        Assert.True(lease.IsHeld);
        Assert.Equal(new LeaseStep(LeaseStepKind.Reassert, TimeSpan.Zero), lease.Next());
        Clock.Advance(TimeSpan.FromSeconds(7));
        Assert.False(lease.IsHeld);
    }

    [Fact]
    public void A_key_forgotten_and_taken_by_a_rival_is_lost()
    {
        var lease = Held();
        lease.OnRenewReply(Clock.GetTimestamp(), Free);
        lease.OnReassertReply(Clock.GetTimestamp(), Rivals);
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public void A_key_found_with_part_of_its_life_gone_is_held_no_longer_than_that_and_renewed_at_once()
    {
        var lease = New();
        lease.OnAcquireReply(Clock.GetTimestamp(), Mine with { Remaining = TimeSpan.FromSeconds(6) });
        Assert.Equal(new LeaseStep(LeaseStepKind.Renew, TimeSpan.Zero), lease.Next());
        Assert.Equal(3000, lease.View().RemainingMilliseconds);
    }

    [Fact]
    public void A_key_found_with_hardly_any_life_is_renewed_before_it_is_held()
    {
        var lease = New();
        lease.OnAcquireReply(Clock.GetTimestamp(), Mine with { Remaining = TimeSpan.FromSeconds(2) });
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseStepKind.Renew, lease.Next().Kind);
        lease.OnRenewReply(Clock.GetTimestamp(), Mine);
        Assert.True(lease.IsHeld);
    }

    [Fact]
    public void A_renewal_can_be_brought_forward_and_changes_nothing_else()
    {
        var lease = Held();
        Assert.True(lease.Next().Delay > TimeSpan.Zero);
        lease.RenewNow();
        Assert.Equal(new LeaseStep(LeaseStepKind.Renew, TimeSpan.Zero), lease.Next());
        Assert.True(lease.NeedsCare);

        var contender = New();
        contender.OnAcquireReply(Clock.GetTimestamp(), Rivals);
        var next = contender.Next();
        contender.RenewNow();
        Assert.Equal(next, contender.Next());
    }

    [Fact]
    public void A_key_put_back_after_the_lease_ended_does_not_bring_it_back()
    {
        var lease = Held();
        lease.OnRenewReply(Clock.GetTimestamp(), Free);
        var sent = Clock.GetTimestamp();
        Clock.Advance(TimeSpan.FromSeconds(12));
        lease.OnReassertReply(sent, Mine);
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public void A_loss_to_a_rival_is_reported_at_once()
    {
        var lease = Held();
        Assert.False(lease.IsLost);
        lease.OnRenewReply(Clock.GetTimestamp(), Rivals);
        Assert.True(lease.IsLost);
        Assert.True(lease.NeedsCare);
    }

    [Fact]
    public void An_expired_lease_is_reported_to_the_first_who_looks()
    {
        var lease = Held();
        Assert.False(lease.NeedsCare);
        Clock.Advance(TimeSpan.FromSeconds(12));
        Assert.True(lease.NeedsCare);
        Assert.Equal(LeaseState.Lost, lease.State);
        Assert.True(lease.IsLost);
    }

    [Fact]
    public void A_lease_given_up_is_not_lost()
    {
        var lease = Held();
        lease.Release();
        Assert.False(lease.IsLost);
    }

    [Fact]
    public void After_a_release_no_answer_brings_the_lease_back()
    {
        var lease = Held();
        lease.Release();
        lease.OnRenewReply(Clock.GetTimestamp(), Mine);
        lease.OnAcquireReply(Clock.GetTimestamp(), Mine);
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseState.Released, lease.State);
    }
}
