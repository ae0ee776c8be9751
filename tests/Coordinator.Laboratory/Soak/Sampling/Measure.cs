namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>What is measured of a process.</summary>
internal enum Measure
{
    /// <summary>Resident memory in MB.</summary>
    Memory,

    /// <summary>The memory of PostgreSQL's processes for each session, in MB, without what they share. A session keeps plans and what it knows of
    /// tables.</summary>
    SessionMemory,

    /// <summary>The managed heap after a full collection, in MB.</summary>
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
