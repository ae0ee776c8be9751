namespace Coordinator.Hosting;

/// <summary>The choice of the warehouse and its connection. Section <c>Coordinator:Warehouse</c>.</summary>
public sealed class WarehouseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Warehouse";

    /// <summary>The section of what only DuckDB has.</summary>
    public const string DuckDbSection = Section + ":DuckDb";

    /// <summary>The section for PostgreSQL only.</summary>
    public const string PostgresSection = Section + ":Postgres";

    /// <summary>The section for Redshift only.</summary>
    public const string RedshiftSection = Section + ":Redshift";

    /// <summary>The adapter.</summary>
    public WarehouseProvider Provider { get; set; }

    /// <summary>Its connection string; for DuckDB a file, by default under the working directory.</summary>
    public string ConnectionString { get; set; } = "";
}
