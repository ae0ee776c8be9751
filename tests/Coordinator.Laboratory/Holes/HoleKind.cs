namespace Coordinator.Laboratory.Holes;

/// <summary>Where packets are dropped.</summary>
internal enum HoleKind
{
    /// <summary>Between every silo and PostgreSQL, which is the warehouse and the membership.</summary>
    Warehouse,

    /// <summary>Between clients and every silo.</summary>
    Gateways,

    /// <summary>Between clients and one silo, which the other silos still reach.</summary>
    OneGateway,
}
