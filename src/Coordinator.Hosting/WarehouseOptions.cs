using Coordinator.Core.Ledger;

namespace Coordinator.Hosting;

/// <summary>The choice of the warehouse and its connection. Section <c>Coordinator:Warehouse</c>.</summary>
public sealed class WarehouseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Warehouse";

    /// <summary>The adapter.</summary>
    public WarehouseProvider Provider { get; set; }

    /// <summary>Its connection string; for DuckDB a file, by default under the working directory.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The life of the ledgers, of every warehouse.</summary>
    public LedgerOptions Ledger { get; set; } = new();
}
