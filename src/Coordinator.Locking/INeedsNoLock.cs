namespace Coordinator.Locking;

/// <summary>A marked grain class with activations that refuse every call, and so need no lock.</summary>
public interface INeedsNoLock
{
    /// <summary>True if a call is refused: it neither waits for the activation's lock nor acquires it. Asked while the lock is not
    /// held.</summary>
    /// <param name="method">The called method of the grain's interface.</param>
    ValueTask<bool> NeedsNoLockAsync(string method);
}
