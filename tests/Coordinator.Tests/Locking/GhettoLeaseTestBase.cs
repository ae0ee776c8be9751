using Coordinator.Core.Leases;
using Coordinator.Locking;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Locking;

/// <summary>An activation's lock over a scripted store and a fake clock.</summary>
public abstract class GhettoLeaseTestBase : IDisposable
{
    private protected FakeTimeProvider Clock { get; } = new();
    private protected ScriptedLockStore Store { get; } = new();
    private protected LockingOptions Settings { get; } = new();
    private protected LeaseRenewer Renewer { get; }
    private protected FakeActivation Activation { get; }
    private protected GhettoLease Ghetto { get; }

    protected GhettoLeaseTestBase()
    {
        Renewer = new LeaseRenewer(Clock);
        (var context, Activation) = FakeActivation.New();
        var lease = new Lease(new("me"), Settings.ToLeaseOptions(), Clock, new Random(1));
        var environment = new LeaseEnvironment(Store, Renewer, Options.Create(Settings), Clock, NullLogger<GhettoLease>.Instance);
        Ghetto = new GhettoLease(context, "key", lease, environment);
    }

    public void Dispose()
    {
        Renewer.Dispose();
        GC.SuppressFinalize(this);
    }
}
