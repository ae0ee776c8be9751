namespace Coordinator.Core.Leases;

/// <summary>The behaviour of an owner while the lock store is unreachable.</summary>
public enum WhenUnavailable
{
    /// <summary>Proceeds unverified: the grain directory and the ledger still protect the table.</summary>
    Proceed,

    /// <summary>Waits for the store.</summary>
    Wait,
}
