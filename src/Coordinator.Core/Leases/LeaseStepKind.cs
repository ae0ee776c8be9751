namespace Coordinator.Core.Leases;

/// <summary>The next request to the store.</summary>
public enum LeaseStepKind
{
    /// <summary>No further request.</summary>
    Nothing,

    /// <summary><see cref="ILockStore.AcquireAsync"/>, for an owner without a lease.</summary>
    Acquire,

    /// <summary><see cref="ILockStore.ReassertAsync"/>, for an owner whose lease is not over.</summary>
    Reassert,

    /// <summary><see cref="ILockStore.RenewAsync"/>.</summary>
    Renew,
}
