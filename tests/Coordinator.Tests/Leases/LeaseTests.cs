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
    public void A_renewal_that_misses_lengthens_nothing_and_asks_to_add_the_key_again()
    {
        var lease = Held();
        _clock.Advance(TimeSpan.FromSeconds(5));
        lease.OnRenewReply(_clock.GetTimestamp(), Free);
        Assert.True(lease.IsHeld);
        Assert.Equal(new LeaseStep(LeaseStepKind.Acquire, TimeSpan.Zero), lease.Next());
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.False(lease.IsHeld);
    }

    [Fact]
    public void A_key_forgotten_and_taken_by_a_rival_is_lost()
    {
        var lease = Held();
        lease.OnRenewReply(_clock.GetTimestamp(), Free);
        lease.OnAcquireReply(_clock.GetTimestamp(), Rivals);
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
    public void An_unreachable_store_makes_the_lease_unverified_if_it_may_proceed()
    {
        var lease = New();
        for (var i = 0; i < 3; i++) lease.OnAcquireReply(_clock.GetTimestamp(), Unreachable);
        Assert.True(lease.IsHeld);
        Assert.Equal("unverified", lease.View().State);
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
        lease.OnAcquireReply(_clock.GetTimestamp(), Mine);
        Assert.Equal(LeaseState.Held, lease.State);
    }

    [Fact]
    public void An_unverified_lease_that_meets_a_rival_is_lost()
    {
        var lease = New();
        for (var i = 0; i < 3; i++) lease.OnAcquireReply(_clock.GetTimestamp(), Unreachable);
        lease.OnAcquireReply(_clock.GetTimestamp(), Rivals);
        Assert.Equal(LeaseState.Lost, lease.State);
    }

    [Fact]
    public void An_absent_key_on_a_server_that_lost_its_memory_is_not_taken_for_free()
    {
        var lease = New(WhenUnavailable.Wait);
        lease.OnAcquireReply(_clock.GetTimestamp(), new LockReply(LockReplyKind.Quarantined));
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseState.Waiting, lease.State);
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
            if (step.Kind == LeaseStepKind.Acquire) lease.OnAcquireReply(_clock.GetTimestamp(), Unreachable);
        }
    }

    private Lease Held(WhenUnavailable whenUnavailable = WhenUnavailable.Proceed)
    {
        var lease = New(whenUnavailable);
        lease.OnAcquireReply(_clock.GetTimestamp(), Mine);
        return lease;
    }

    private Lease New(WhenUnavailable whenUnavailable = WhenUnavailable.Proceed) =>
        new("me", new LeaseOptions { WhenUnavailable = whenUnavailable }, _clock, new Random(1));
}
