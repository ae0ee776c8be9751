namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>What a fault strikes. Two faults never strike one thing at once.</summary>
internal enum ChaosPlace
{
    Silo,
    EverySilo,
    ClientHost,
    Warehouse,
    Memcached,
    Tables,

    /// <summary>Callers that do what they should not. They disturb no other fault.</summary>
    Callers,
}
