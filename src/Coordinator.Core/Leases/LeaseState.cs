namespace Coordinator.Core.Leases;

/// <summary>How a lease stands.</summary>
public enum LeaseState
{
    /// <summary>Not asked for yet.</summary>
    None,

    /// <summary>Asked for, and not had.</summary>
    Waiting,

    /// <summary>Asked for, and absent on a server that lately lost its memory: whoever held it before may still believe so.</summary>
    Quarantined,

    /// <summary>The store showed this owner's token, and the life that it granted is not over.</summary>
    Held,

    /// <summary>The store cannot be asked, and the options say to go on without.</summary>
    Unverified,

    /// <summary>Another has it, or its life passed without a renewal. It does not come back.</summary>
    Lost,

    /// <summary>Given up by its owner. It does not come back.</summary>
    Released,
}
