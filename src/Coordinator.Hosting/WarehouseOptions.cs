namespace Coordinator.Hosting;

/// <summary>Which warehouse, and where. Section <c>Coordinator:Warehouse</c>.</summary>
public sealed class WarehouseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Warehouse";

    /// <summary>The section of what only PostgreSQL has.</summary>
    public const string PostgresSection = Section + ":Postgres";

    /// <summary>The section of what only Redshift has.</summary>
    public const string RedshiftSection = Section + ":Redshift";

    /// <summary>The adapter.</summary>
    public WarehouseProvider Provider { get; set; }

    /// <summary>Its connection string; for DuckDB a file, by default one under the working folder.</summary>
    public string ConnectionString { get; set; } = "";
}
