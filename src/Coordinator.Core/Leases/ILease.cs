using Coordinator.Contention;
using Coordinator.Grains;

namespace Coordinator.Core.Leases;

/// <summary>One activation's hold on its ghetto lock, for the code that it protects.</summary>
public interface ILease
{
    /// <summary>The owner token, unique for each activation.</summary>
    OwnerToken Token { get; }

    /// <summary>True while the activation may work: a field read and a clock comparison, without I/O.</summary>
    bool IsHeld { get; }

    /// <summary>True once a look at the lease found it lost to another owner or expired. It does not come back.</summary>
    bool IsLost { get; }

    /// <summary>Raised at every change of the state that <see cref="View"/> shows, on the thread that finds it and while the lease is locked: a
    /// handler only starts work elsewhere.</summary>
    event Action? Changed;

    /// <summary>True if the activation may work although it may have been cut off: a lease that proceeds without the store first waits for an
    /// answer of the store. Without an answer for a whole TTL it may proceed.</summary>
    ValueTask<bool> ConfirmAsync(CancellationToken cancellationToken);

    /// <summary>The lease for operators.</summary>
    LockView View();
}
