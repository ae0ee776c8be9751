namespace Coordinator.Laboratory.Cluster;

/// <summary>The ghetto lock in a laboratory.</summary>
internal enum LockMode
{
    /// <summary>None that silos share.</summary>
    Off,

    /// <summary>In memcached; goes on unverified where memcached cannot be reached.</summary>
    Proceed,

    /// <summary>In memcached; waits where memcached cannot be reached.</summary>
    Wait,
}
