using Coordinator.Core.Leases;
using Coordinator.Memcached;

namespace Coordinator.Simulation.Leases;

/// <summary>The protocol with one rule broken.</summary>
internal sealed record BrokenRule(string Name)
{
    /// <summary>Wraps the real store.</summary>
    public Func<ILockStore, IMemcached, ILockStore>? Store { get; init; }

    /// <summary>Changes the lease's options.</summary>
    public Func<LeaseOptions, LeaseOptions>? Options { get; init; }

    /// <summary>Counts a lease from the arrival of the answer instead of the sending of the request.</summary>
    public bool CountsFromReceipt { get; init; }

    /// <summary>Moves a key to another server when its own is unreachable.</summary>
    public bool FailsOver { get; init; }

    public override string ToString() => Name;
}
