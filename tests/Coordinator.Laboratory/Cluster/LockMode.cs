namespace Coordinator.Laboratory.Cluster;

/// <summary>The ghetto lock in a laboratory.</summary>
internal enum LockMode
{
    /// <summary>No shared lock.</summary>
    Off,

    /// <summary>In memcached; proceeds unverified when memcached is unreachable.</summary>
    Proceed,

    /// <summary>In memcached; waits when memcached is unreachable.</summary>
    Wait,
}
