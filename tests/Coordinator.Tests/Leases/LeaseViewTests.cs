using Coordinator.Contention;
using Coordinator.Core.Leases;

namespace Coordinator.Tests.Leases;

/// <summary>A lease as operators see it, and what waits for its end.</summary>
public sealed class LeaseViewTests : LeaseTestBase
{
    [Fact]
    public void Every_state_has_its_view()
    {
        Assert.Equal(new LockView(LeaseState.None, "", 0), New().View());
        Assert.Equal(new LockView(LeaseState.Held, "me", 12_000), Held().View());
        Assert.Equal(new LockView(LeaseState.Unverified, "me", 0), Unverified().View());

        var waiting = New();
        waiting.OnAcquireReply(Clock.GetTimestamp(), Rivals);
        Assert.Equal(new LockView(LeaseState.Waiting, "rival", 0), waiting.View());
        Assert.Equal("rival", waiting.Rival);

        var quarantined = New();
        quarantined.OnAcquireReply(Clock.GetTimestamp(), Quarantined);
        Assert.Equal(new LockView(LeaseState.Quarantined, "", 0), quarantined.View());

        var lost = Held();
        lost.OnRenewReply(Clock.GetTimestamp(), Rivals);
        Assert.Equal(new LockView(LeaseState.Lost, "rival", 0), lost.View());

        var released = Held();
        released.Release();
        Assert.Equal(new LockView(LeaseState.Released, "", 0), released.View());
    }

    [Fact]
    public void A_rival_is_forgotten_when_the_lock_is_free_or_held_here()
    {
        var lease = New();
        lease.OnAcquireReply(Clock.GetTimestamp(), Rivals);
        lease.OnAcquireReply(Clock.GetTimestamp(), Free);
        Assert.Equal((LeaseState.Waiting, ""), (lease.State, lease.Rival));
        Assert.InRange(lease.Next().Delay, TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(45));

        lease.OnAcquireReply(Clock.GetTimestamp(), Rivals);
        lease.OnAcquireReply(Clock.GetTimestamp(), Mine);
        Assert.Equal("", lease.Rival);
    }

    [Fact]
    public void A_view_of_an_expired_lease_is_lost_not_held()
    {
        var lease = Held();
        Clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(LeaseState.Lost, lease.View().State);
        Assert.True(lease.IsLost);
    }

    [Fact]
    public void A_lost_lease_that_is_given_up_stays_lost()
    {
        var lease = Held();
        lease.OnRenewReply(Clock.GetTimestamp(), Rivals);
        lease.Release();
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public void After_its_end_no_kind_of_reply_changes_a_lease()
    {
        var lease = Held();
        lease.OnRenewReply(Clock.GetTimestamp(), Rivals);
        lease.OnAcquireReply(Clock.GetTimestamp(), Quarantined);
        lease.OnRenewReply(Clock.GetTimestamp(), Free);
        lease.OnReassertReply(Clock.GetTimestamp(), Mine);
        Assert.Equal(new LockView(LeaseState.Lost, "rival", 0), lease.View());
        Assert.Equal(LeaseStepKind.Nothing, lease.Next().Kind);
    }

    [Fact]
    public void An_acquire_that_arrives_after_the_lease_ended_finds_it_lost()
    {
        var lease = Held();
        Clock.Advance(TimeSpan.FromSeconds(12));
        lease.OnAcquireReply(Clock.GetTimestamp(), Mine);
        Assert.Equal(LeaseState.Lost, lease.State);
        Assert.True(lease.IsLost);
    }

    [Fact]
    public void A_late_renewal_proves_that_no_other_owner_came_between_and_revives_a_lease_whose_end_was_not_seen()
    {
        var lease = Held();
        Clock.Advance(TimeSpan.FromSeconds(13));
        lease.OnRenewReply(Clock.GetTimestamp(), Mine);
        Assert.Equal(LeaseState.Held, lease.State);
        Assert.False(lease.IsLost);
    }

    [Fact]
    public void A_renewal_without_an_answer_after_the_end_is_a_loss()
    {
        var lease = Held();
        Clock.Advance(TimeSpan.FromSeconds(12));
        lease.OnRenewReply(Clock.GetTimestamp(), Unreachable);
        Assert.True(lease.IsLost);
        Assert.Equal(LeaseStepKind.Nothing, lease.Next().Kind);
    }

    [Fact]
    public void Every_change_of_the_state_that_operators_see_is_told_once()
    {
        var lease = New();
        var changes = 0;
        lease.Changed += () => changes++;
        lease.OnAcquireReply(Clock.GetTimestamp(), Rivals);
        lease.OnAcquireReply(Clock.GetTimestamp(), Rivals);
        Assert.Equal((1, LeaseState.Waiting), (changes, lease.View().State));
        lease.OnAcquireReply(Clock.GetTimestamp(), Mine);
        lease.OnRenewReply(Clock.GetTimestamp(), Mine);
        Assert.Equal((2, LeaseState.Held), (changes, lease.View().State));
        lease.OnRenewReply(Clock.GetTimestamp(), Unreachable);
        Assert.Equal((3, LeaseState.Unverified), (changes, lease.View().State));
        lease.OnRenewReply(Clock.GetTimestamp(), Mine);
        Assert.Equal((4, LeaseState.Held), (changes, lease.View().State));
        Clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(LeaseState.Lost, lease.View().State);
        Assert.Equal(5, changes);
    }

    [Fact]
    public void An_older_reply_does_not_shorten_a_held_lease()
    {
        var lease = Held();
        var sent = Clock.GetTimestamp();
        Clock.Advance(TimeSpan.FromSeconds(1));
        lease.OnRenewReply(Clock.GetTimestamp(), Mine);
        lease.OnRenewReply(sent, Mine);
        Assert.Equal(12_000, lease.View().RemainingMilliseconds);
    }

    [Fact]
    public void An_unverified_lease_lasts_as_long_as_a_held_one_from_the_request_that_failed()
    {
        var lease = Unverified();
        Clock.Advance(TimeSpan.FromSeconds(12) - TimeSpan.FromTicks(1));
        Assert.True(lease.IsHeld);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public void An_unverified_lease_asks_soon_to_restore_its_key()
    {
        var next = Unverified().Next();
        Assert.Equal(LeaseStepKind.Reassert, next.Kind);
        Assert.InRange(next.Delay, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(750));
    }

    [Fact]
    public void A_renewal_that_was_not_answered_is_tried_again_soon_and_not_before()
    {
        var lease = Held();
        Clock.Advance(TimeSpan.FromSeconds(5));
        lease.OnRenewReply(Clock.GetTimestamp(), Unreachable);
        var next = lease.Next();
        Assert.Equal(LeaseStepKind.Renew, next.Kind);
        Assert.InRange(next.Delay, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(750));
    }

    [Fact]
    public void A_contender_that_waits_for_a_key_with_little_life_comes_back_when_it_ends()
    {
        var lease = New();
        lease.OnAcquireReply(Clock.GetTimestamp(), Rivals with { Remaining = TimeSpan.FromMilliseconds(10) });
        Assert.InRange(lease.Next().Delay, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(15));
    }

    [Fact]
    public async Task Those_who_wait_for_a_confirmation_hear_of_a_release()
    {
        var lease = Unverified();
        var confirming = lease.ConfirmAsync(CancellationToken.None).AsTask();
        lease.Release();
        Assert.False(await confirming);
    }

    [Fact]
    public async Task A_held_lease_and_a_lost_one_are_confirmed_without_delay()
    {
        Assert.True(await Held().ConfirmAsync(CancellationToken.None));
        Assert.False(await New().ConfirmAsync(CancellationToken.None));
    }

    [Fact]
    public void A_renewal_is_brought_forward_only_while_the_lease_lasts()
    {
        var lease = Held();
        Clock.Advance(TimeSpan.FromSeconds(12));
        lease.RenewNow();
        Assert.Equal(LeaseStepKind.Nothing, lease.Next().Kind);
        Assert.True(lease.IsLost);

        var missing = Held();
        missing.OnRenewReply(Clock.GetTimestamp(), Free);
        missing.OnReassertReply(Clock.GetTimestamp(), Unreachable);
        var next = missing.Next();
        missing.RenewNow();
        Assert.Equal(next, missing.Next());
    }
}
