namespace Coordinator.Core.Leases;

/// <summary>What to ask the store next.</summary>
public enum LeaseStepKind
{
    /// <summary>Nothing, ever again.</summary>
    Nothing,

    /// <summary><see cref="ILockStore.AcquireAsync"/>: also how a lease of one's own is found again.</summary>
    Acquire,

    /// <summary><see cref="ILockStore.RenewAsync"/>.</summary>
    Renew,
}
