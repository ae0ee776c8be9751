namespace Coordinator.Locking;

/// <summary>A marked grain class of which some activations do nothing that a lock would guard: they refuse every call.</summary>
public interface INeedsNoLock
{
    /// <summary>True for an activation whose calls do not wait for its lock, and take none.</summary>
    bool NeedsNoLock { get; }
}
