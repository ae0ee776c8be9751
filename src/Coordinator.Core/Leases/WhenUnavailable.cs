namespace Coordinator.Core.Leases;

/// <summary>What an owner does while the lock store cannot be asked.</summary>
public enum WhenUnavailable
{
    /// <summary>Goes on, unverified: the grain directory and the ledger still stand.</summary>
    Proceed,

    /// <summary>Waits for the store.</summary>
    Wait,
}
