using Coordinator.Contention;
using Coordinator.Core.Leases;

namespace Coordinator.Tests.Leases;

/// <summary>A lease whose server lost its memory.</summary>
public sealed class LeaseQuarantineTests : LeaseTestBase
{
    [Fact]
    public void A_held_lease_whose_key_is_put_back_in_quarantine_goes_on()
    {
        var lease = Held();
        Clock.Advance(TimeSpan.FromSeconds(5));
        lease.OnRenewReply(Clock.GetTimestamp(), Free);
        lease.OnReassertReply(Clock.GetTimestamp(), PutBack);
        Assert.Equal(LeaseState.Held, lease.State);
        Assert.Equal(12_000, lease.View().RemainingMilliseconds);
    }

    [Fact]
    public void An_unverified_lease_whose_key_is_put_back_in_quarantine_stays_unverified_until_its_end()
    {
        var lease = Unverified();
        lease.OnReassertReply(Clock.GetTimestamp(), PutBack);
        Assert.Equal(LeaseState.Unverified, lease.State);
        lease.OnReassertReply(Clock.GetTimestamp(), Mine);
        Assert.Equal(LeaseState.Held, lease.State);
    }

    [Fact]
    public void A_contender_in_quarantine_says_so_and_comes_back_at_its_end()
    {
        var lease = New();
        lease.OnAcquireReply(Clock.GetTimestamp(), Quarantined with { Remaining = TimeSpan.FromSeconds(0.5) });
        Assert.Equal(LeaseState.Quarantined, lease.View().State);
        Assert.Equal(new LeaseStep(LeaseStepKind.Acquire, TimeSpan.FromSeconds(0.5)), lease.Next());
    }

    [Fact]
    public void A_quarantine_that_does_not_end_is_unavailability_too()
    {
        var lease = New();
        for (var i = 0; i < 32; i++)
        {
            lease.OnAcquireReply(Clock.GetTimestamp(), Quarantined);
            Assert.Equal(LeaseState.Quarantined, lease.State);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        lease.OnAcquireReply(Clock.GetTimestamp(), Quarantined);
        Assert.Equal(LeaseState.Unverified, lease.State);
    }

    [Fact]
    public void An_absent_key_on_a_server_that_lost_its_memory_is_not_taken_for_free()
    {
        var lease = New(WhenUnavailable.Wait);
        lease.OnAcquireReply(Clock.GetTimestamp(), Quarantined);
        Assert.False(lease.IsHeld);
        Assert.Equal(LeaseState.Quarantined, lease.State);
    }
}
