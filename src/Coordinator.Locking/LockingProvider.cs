namespace Coordinator.Locking;

/// <summary>Where locks are kept.</summary>
public enum LockingProvider
{
    /// <summary>In this process: for one silo alone.</summary>
    InProcess,

    /// <summary>In memcached.</summary>
    Memcached,
}
