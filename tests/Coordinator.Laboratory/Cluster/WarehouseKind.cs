namespace Coordinator.Laboratory.Cluster;

/// <summary>What a laboratory's silos write to.</summary>
internal enum WarehouseKind
{
    Postgres,

    /// <summary>The Redshift simulator, its database at SERIALIZABLE.</summary>
    RedshiftSerializable,

    /// <summary>The Redshift simulator, its database at SNAPSHOT.</summary>
    RedshiftSnapshot,
}
