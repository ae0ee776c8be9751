using Coordinator.Core.Leases;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Leases;

/// <summary>A lease under a fake clock, and the replies of its store.</summary>
public abstract class LeaseTestBase
{
    private protected static readonly LockReply Mine = new(LockReplyKind.Mine, "me", TimeSpan.FromSeconds(15));
    private protected static readonly LockReply Rivals = new(LockReplyKind.HeldByOther, "rival", TimeSpan.FromSeconds(9));
    private protected static readonly LockReply Free = new(LockReplyKind.Free);
    private protected static readonly LockReply Unknown = new(LockReplyKind.Unknown);
    private protected static readonly LockReply Unreachable = new(LockReplyKind.Unreachable);

    private protected static readonly LockReply Quarantined = new(LockReplyKind.Quarantined, Remaining: TimeSpan.FromSeconds(16));
    private protected static readonly LockReply PutBack = Quarantined with { Owner = "me" };

    private protected FakeTimeProvider Clock { get; } = new();

    private protected void FailUntil(Lease lease, TimeSpan until, Action? check = null)
    {
        for (var at = TimeSpan.Zero; at < until; at += TimeSpan.FromMilliseconds(100))
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            check?.Invoke();
            var step = lease.Next();
            if (step.Delay > TimeSpan.Zero) continue;
            if (step.Kind == LeaseStepKind.Renew) lease.OnRenewReply(Clock.GetTimestamp(), Unreachable);
            if (step.Kind == LeaseStepKind.Reassert) lease.OnReassertReply(Clock.GetTimestamp(), Unreachable);
            if (step.Kind == LeaseStepKind.Acquire) lease.OnAcquireReply(Clock.GetTimestamp(), Unreachable);
        }
    }

    private protected Lease Held(WhenUnavailable whenUnavailable = WhenUnavailable.Proceed)
    {
        var lease = New(whenUnavailable);
        lease.OnAcquireReply(Clock.GetTimestamp(), Mine);
        return lease;
    }

    private protected Lease Unverified()
    {
        var lease = New(new LeaseOptions { UnavailableAfter = TimeSpan.Zero });
        lease.OnAcquireReply(Clock.GetTimestamp(), Unreachable);
        return lease;
    }

    private protected Lease New(WhenUnavailable whenUnavailable = WhenUnavailable.Proceed) =>
        New(new LeaseOptions { WhenUnavailable = whenUnavailable });

    private protected Lease New(LeaseOptions options) => new(new("me"), options, Clock, new Random(1));
}
