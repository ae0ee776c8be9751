using Coordinator.Core.Leases;
using Coordinator.Memcached;

namespace Coordinator.Simulation.Leases;

/// <summary>The protocol with one rule broken.</summary>
internal sealed record BrokenRule(string Name)
{
    /// <summary>Wraps the true store.</summary>
    public Func<ILockStore, IMemcached, ILockStore>? Store { get; init; }

    /// <summary>Changes how the lease reckons.</summary>
    public Func<LeaseOptions, LeaseOptions>? Options { get; init; }

    /// <summary>A life counts from when the answer came, not from when the request left.</summary>
    public bool CountsFromReceipt { get; init; }

    /// <summary>A key moves to another server when its own cannot be reached.</summary>
    public bool FailsOver { get; init; }

    public override string ToString() => Name;
}
