using Coordinator.Core.Leases;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Leases;

public sealed class LeaseTests
{
    private static readonly LockReply Mine = new(LockReplyKind.Mine, "me", TimeSpan.FromSeconds(15));
    private static readonly LockReply Rivals = new(LockReplyKind.HeldByOther, "rival", TimeSpan.FromSeconds(9));
    private static readonly LockReply Free = new(LockReplyKind.Free);
    private static readonly LockReply Unknown = new(LockReplyKind.Unknown);
    private static readonly LockReply Unreachable = new(LockReplyKind.Unreachable);

    private static readonly LockReply Quarantined = new(LockReplyKind.Quarantined, Remaining: TimeSpan.FromSeconds(16));
    private static readonly LockReply PutBack = Quarantined with { Owner = "me" };

    private readonly FakeTimeProvider _clock = new();

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
        var sent = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(4));
        lease.OnAcquireReply(sent, Mine);
        _clock.Advance(TimeSpan.FromSeconds(8) - TimeSpan.FromTicks(1));
        Assert.True(lease.IsHeld);
        _clock.Advance(TimeSpan.FromTicks(1));
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
        lease.OnRenewReply(_clock.GetTimestamp(), Rivals);
        Assert.False(lease.IsHeld);
        Assert.Equal("lost", lease.View().State);
        Assert.Equal(LeaseStepKind.Nothing, lease.Next().Kind);
    }

    [Fact]
    public void A_contender_waits_and_knows_whom_for()
    {
        var lease = New();
        lease.OnAcquireReply(_clock.GetTimestamp(), Rivals);
        Assert.Equal("waiting", lease.View().State);
        Assert.Equal("rival", lease.View().Owner);
        Assert.InRange(lease.Next().Delay, TimeSpan.FromMilliseconds(99), TimeSpan.FromMilliseconds(301));
    }

    [Fact]
    public void A_renewal_that_misses_lengthens_nothing_and_asks_to_put_the_key_back()
    {
        var lease = Held();
        _clock.Advance(TimeSpan.FromSeconds(5));
        lease.OnRenewReply(_clock.GetTimestamp(), Free);
        Assert.True(lease.IsHeld);
        Assert.Equal(new LeaseStep(LeaseStepKind.Reassert, TimeSpan.Zero), lease.Next());
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.False(lease.IsHeld);
    }

    [Fact]
    public void A_key_forgotten_and_taken_by_a_rival_is_lost()
    {
        var lease = Held();
        lease.OnRenewReply(_clock.GetTimestamp(), Free);
        lease.OnReassertReply(_clock.GetTimestamp(), Rivals);
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public void A_key_found_with_part_of_its_life_gone_is_held_no_longer_than_that_and_renewed_at_once()
    {
        var lease = New();
        lease.OnAcquireReply(_clock.GetTimestamp(), Mine with { Remaining = TimeSpan.FromSeconds(6) });
        Assert.Equal(new LeaseStep(LeaseStepKind.Renew, TimeSpan.Zero), lease.Next());
        Assert.Equal(3000, lease.View().RemainingMilliseconds);
    }

    [Fact]
    public void A_key_found_with_hardly_any_life_is_renewed_before_it_is_held()
    {
        var lease = New();
        lease.OnAcquireReply(_clock.GetTimestamp(), Mine with { Remaining = TimeSpan.FromSeconds(2) });
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseStepKind.Renew, lease.Next().Kind);
        lease.OnRenewReply(_clock.GetTimestamp(), Mine);
        Assert.True(lease.IsHeld);
    }

    [Fact]
    public void One_try_without_an_answer_neither_takes_the_lock_nor_goes_on_without()
    {
        var lease = New();
        lease.OnAcquireReply(_clock.GetTimestamp(), Unknown);
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
        Assert.Equal("unverified", lease.View().State);
    }

    [Fact]
    public void A_new_owner_may_be_told_to_proceed_sooner()
    {
        var lease = New(new LeaseOptions { UnavailableAfter = TimeSpan.Zero });
        lease.OnAcquireReply(_clock.GetTimestamp(), Unreachable);
        Assert.Equal("unverified", lease.View().State);
    }

    [Fact]
    public void An_answer_in_between_makes_a_new_owner_patient_again()
    {
        var lease = New();
        FailUntil(lease, TimeSpan.FromSeconds(14));
        lease.OnAcquireReply(_clock.GetTimestamp(), Rivals);
        FailUntil(lease, TimeSpan.FromSeconds(14), () => Assert.False(lease.IsHeld));
    }

    [Fact]
    public void An_unreachable_store_keeps_the_lease_waiting_if_it_must_wait()
    {
        var lease = New(WhenUnavailable.Wait);
        for (var i = 0; i < 10; i++) lease.OnAcquireReply(_clock.GetTimestamp(), Unreachable);
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
        lease.OnReassertReply(_clock.GetTimestamp(), Mine);
        Assert.Equal(LeaseState.Held, lease.State);
    }

    [Fact]
    public void A_renewal_without_an_answer_is_told_at_once_though_the_lease_is_certain_still()
    {
        var lease = Held();
        _clock.Advance(TimeSpan.FromSeconds(5));
        lease.OnRenewReply(_clock.GetTimestamp(), Unreachable);
        Assert.Equal(LeaseState.Held, lease.State);
        Assert.Equal(("unverified", 7_000d), (lease.View().State, lease.View().RemainingMilliseconds));
        lease.OnRenewReply(_clock.GetTimestamp(), Mine);
        Assert.Equal("held", lease.View().State);
    }

    [Fact]
    public void A_renewal_can_be_brought_forward_and_changes_nothing_else()
    {
        var lease = Held();
        Assert.True(lease.Next().Delay > TimeSpan.Zero);
        lease.Hasten();
        Assert.Equal(new LeaseStep(LeaseStepKind.Renew, TimeSpan.Zero), lease.Next());
        Assert.True(lease.NeedsCare);

        var contender = New();
        contender.OnAcquireReply(_clock.GetTimestamp(), Rivals);
        var next = contender.Next();
        contender.Hasten();
        Assert.Equal(next, contender.Next());
    }

    [Fact]
    public void An_unverified_lease_that_meets_a_rival_is_lost()
    {
        var lease = Unverified();
        lease.OnReassertReply(_clock.GetTimestamp(), Rivals);
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public async Task Who_may_have_been_cut_off_hears_of_the_rival_before_it_works_unverified()
    {
        var lease = Unverified();
        var confirming = lease.ConfirmAsync(CancellationToken.None).AsTask();
        Assert.False(confirming.IsCompleted);
        lease.OnReassertReply(_clock.GetTimestamp(), Rivals);
        Assert.False(await confirming);
    }

    [Fact]
    public async Task Who_may_have_been_cut_off_works_once_the_store_says_so_or_stays_away_for_a_ttl()
    {
        var lease = Unverified();
        var confirming = lease.ConfirmAsync(CancellationToken.None).AsTask();
        lease.OnReassertReply(_clock.GetTimestamp(), Mine);
        Assert.True(await confirming);
        Assert.True(await lease.ConfirmAsync(CancellationToken.None));

        lease = Unverified();
        confirming = lease.ConfirmAsync(CancellationToken.None).AsTask();
        FailUntil(lease, new LeaseOptions().Ttl - TimeSpan.FromSeconds(1), () => Assert.False(confirming.IsCompleted));
        FailUntil(lease, TimeSpan.FromSeconds(2), static () => { });
        Assert.True(await confirming);
    }

    [Fact]
    public void A_held_lease_whose_key_is_put_back_in_quarantine_goes_on()
    {
        var lease = Held();
        _clock.Advance(TimeSpan.FromSeconds(5));
        lease.OnRenewReply(_clock.GetTimestamp(), Free);
        lease.OnReassertReply(_clock.GetTimestamp(), PutBack);
        Assert.Equal(LeaseState.Held, lease.State);
        Assert.Equal(12_000, lease.View().RemainingMilliseconds);
    }

    [Fact]
    public void An_unverified_lease_whose_key_is_put_back_in_quarantine_stays_unverified_until_its_end()
    {
        var lease = Unverified();
        lease.OnReassertReply(_clock.GetTimestamp(), PutBack);
        Assert.Equal(LeaseState.Unverified, lease.State);
        lease.OnReassertReply(_clock.GetTimestamp(), Mine);
        Assert.Equal(LeaseState.Held, lease.State);
    }

    [Fact]
    public void A_key_put_back_after_the_lease_ended_does_not_bring_it_back()
    {
        var lease = Held();
        lease.OnRenewReply(_clock.GetTimestamp(), Free);
        var sent = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(12));
        lease.OnReassertReply(sent, Mine);
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public void A_contender_in_quarantine_says_so_and_comes_back_at_its_end()
    {
        var lease = New();
        lease.OnAcquireReply(_clock.GetTimestamp(), Quarantined with { Remaining = TimeSpan.FromSeconds(0.5) });
        Assert.Equal("quarantined", lease.View().State);
        Assert.Equal(new LeaseStep(LeaseStepKind.Acquire, TimeSpan.FromSeconds(0.5)), lease.Next());
    }

    [Fact]
    public void A_quarantine_that_does_not_end_is_unavailability_too()
    {
        var lease = New();
        for (var i = 0; i < 32; i++)
        {
            lease.OnAcquireReply(_clock.GetTimestamp(), Quarantined);
            Assert.Equal(LeaseState.Quarantined, lease.State);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        lease.OnAcquireReply(_clock.GetTimestamp(), Quarantined);
        Assert.Equal(LeaseState.Unverified, lease.State);
    }

    [Fact]
    public void An_absent_key_on_a_server_that_lost_its_memory_is_not_taken_for_free()
    {
        var lease = New(WhenUnavailable.Wait);
        lease.OnAcquireReply(_clock.GetTimestamp(), Quarantined);
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseState.Quarantined, lease.State);
    }

    [Fact]
    public void A_loss_to_a_rival_is_told_at_once()
    {
        var lease = Held();
        Assert.False(lease.Lost.IsCompleted);
        lease.OnRenewReply(_clock.GetTimestamp(), Rivals);
        Assert.True(lease.Lost.IsCompleted);
        Assert.True(lease.NeedsCare);
    }

    [Fact]
    public void A_loss_to_time_is_told_to_the_first_who_looks()
    {
        var lease = Held();
        Assert.False(lease.NeedsCare);
        _clock.Advance(TimeSpan.FromSeconds(12));
        Assert.True(lease.NeedsCare);
        Assert.Equal(LeaseState.Lost, lease.State);
        Assert.True(lease.Lost.IsCompleted);
    }

    [Fact]
    public void A_lease_given_up_is_not_lost()
    {
        var lease = Held();
        lease.Release();
        Assert.False(lease.Lost.IsCompleted);
    }

    [Fact]
    public void After_a_release_no_answer_brings_the_lease_back()
    {
        var lease = Held();
        lease.Release();
        lease.OnRenewReply(_clock.GetTimestamp(), Mine);
        lease.OnAcquireReply(_clock.GetTimestamp(), Mine);
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseState.Released, lease.State);
    }

    private void FailUntil(Lease lease, TimeSpan until, Action? check = null)
    {
        for (var at = TimeSpan.Zero; at < until; at += TimeSpan.FromMilliseconds(100))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            check?.Invoke();
            var step = lease.Next();
            if (step.Delay > TimeSpan.Zero) continue;
            if (step.Kind == LeaseStepKind.Renew) lease.OnRenewReply(_clock.GetTimestamp(), Unreachable);
            if (step.Kind == LeaseStepKind.Reassert) lease.OnReassertReply(_clock.GetTimestamp(), Unreachable);
            if (step.Kind == LeaseStepKind.Acquire) lease.OnAcquireReply(_clock.GetTimestamp(), Unreachable);
        }
    }

    private Lease Held(WhenUnavailable whenUnavailable = WhenUnavailable.Proceed)
    {
        var lease = New(whenUnavailable);
        lease.OnAcquireReply(_clock.GetTimestamp(), Mine);
        return lease;
    }

    private Lease Unverified()
    {
        var lease = New(new LeaseOptions { UnavailableAfter = TimeSpan.Zero });
        lease.OnAcquireReply(_clock.GetTimestamp(), Unreachable);
        return lease;
    }

    private Lease New(WhenUnavailable whenUnavailable = WhenUnavailable.Proceed) => New(new LeaseOptions { WhenUnavailable = whenUnavailable });

    private Lease New(LeaseOptions options) => new("me", options, _clock, new Random(1));
}
