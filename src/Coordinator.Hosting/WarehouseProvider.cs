namespace Coordinator.Hosting;

/// <summary>Which warehouse the silo writes to.</summary>
public enum WarehouseProvider
{
    /// <summary>The embedded default: a file under the working directory.</summary>
    DuckDb,

    /// <summary>PostgreSQL.</summary>
    Postgres,

    /// <summary>Amazon Redshift.</summary>
    Redshift,
}
