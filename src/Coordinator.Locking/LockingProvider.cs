namespace Coordinator.Locking;

/// <summary>The store of locks.</summary>
public enum LockingProvider
{
    /// <summary>This process: for a single silo.</summary>
    InProcess,

    /// <summary>memcached.</summary>
    Memcached,
}
