namespace Coordinator.Core.Leases;

/// <summary>What to ask the store next.</summary>
public enum LeaseStepKind
{
    /// <summary>Nothing, ever again.</summary>
    Nothing,

    /// <summary><see cref="ILockStore.AcquireAsync"/>: for one who has no lease.</summary>
    Acquire,

    /// <summary><see cref="ILockStore.ReassertAsync"/>: for one whose lease is not over.</summary>
    Reassert,

    /// <summary><see cref="ILockStore.RenewAsync"/>.</summary>
    Renew,
}
