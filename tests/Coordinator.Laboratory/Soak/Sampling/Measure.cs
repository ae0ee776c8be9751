namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>What is measured of a process.</summary>
internal enum Measure
{
    /// <summary>Resident memory in MB; of PostgreSQL without shared memory, which fills up by design.</summary>
    Memory,

    /// <summary>The managed heap after the last garbage collection, in MB.</summary>
    Heap,

    Descriptors,

    /// <summary>Threads; of PostgreSQL its processes.</summary>
    Threads,

    Connections,

    /// <summary>Sessions that PostgreSQL counts.</summary>
    Sessions,

    /// <summary>Items that memcached counts: locks, and what updates reserve.</summary>
    Items,

    /// <summary>Activations of tables.</summary>
    Activations,
}
