namespace Coordinator.Core.Leases;

/// <summary>The state of a lease.</summary>
public enum LeaseState
{
    /// <summary>Not requested yet.</summary>
    None,

    /// <summary>Requested, and not acquired.</summary>
    Waiting,

    /// <summary>Requested, and missing on a server that recently lost its memory: the last holder may still rely on its lease.</summary>
    Quarantined,

    /// <summary>The store confirmed this owner's token, and the granted time is not over.</summary>
    Held,

    /// <summary>The store is unreachable, and the options allow to proceed without it.</summary>
    Unverified,

    /// <summary>Another owner has it, or it expired without a renewal. It does not come back.</summary>
    Lost,

    /// <summary>Released by its owner. It does not come back.</summary>
    Released,
}
