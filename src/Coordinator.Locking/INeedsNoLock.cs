namespace Coordinator.Locking;

/// <summary>A marked grain class with activations that refuse every call, and so need no lock.</summary>
public interface INeedsNoLock
{
    /// <summary>True for an activation whose calls neither wait for its lock nor acquire one.</summary>
    bool NeedsNoLock { get; }
}
