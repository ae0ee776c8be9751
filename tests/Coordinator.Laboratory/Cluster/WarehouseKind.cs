namespace Coordinator.Laboratory.Cluster;

/// <summary>The warehouse of a laboratory's silos.</summary>
internal enum WarehouseKind
{
    Postgres,

    /// <summary>The Redshift simulator, its database at SERIALIZABLE.</summary>
    RedshiftSerializable,

    /// <summary>The Redshift simulator, its database at SNAPSHOT.</summary>
    RedshiftSnapshot,
}
