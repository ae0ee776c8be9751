using Coordinator.Contention;

namespace Coordinator.Core.Leases;

/// <summary>One activation's hold on its ghetto lock, as the code that it protects sees it.</summary>
public interface ILease
{
    /// <summary>The owner token: unique per activation.</summary>
    string Token { get; }

    /// <summary>True while the activation may work: a field read and a clock comparison, no I/O.</summary>
    bool IsHeld { get; }

    /// <summary>Completes when the lease is lost to another or to time, and does not come back.</summary>
    Task Lost { get; }

    /// <summary>
    /// True if the activation may work although it may have been cut off: a lease that goes on without the store waits for its word first. One without an answer for a whole TTL may go on.
    /// </summary>
    ValueTask<bool> ConfirmAsync(CancellationToken cancellationToken);

    /// <summary>The lease as operators see it.</summary>
    LockView View();
}
