using Coordinator.Core.Leases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Locking;

/// <summary>The services that all leases of a silo share.</summary>
internal sealed class LeaseEnvironment(
    ILockStore store, LeaseRenewer renewer, IOptions<LockingOptions> options, TimeProvider clock, ILogger<GhettoLease> logger)
{
    public ILockStore Store => store;

    public LeaseRenewer Renewer => renewer;

    public LockingOptions Options => options.Value;

    public TimeProvider Clock => clock;

    public LeaseOptions LeaseOptions { get; } = options.Value.ToLeaseOptions();

    public ILogger Logger => logger;
}
