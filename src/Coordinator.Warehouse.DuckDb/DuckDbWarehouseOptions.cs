using Coordinator.Core.Ledger;
using Coordinator.Settings;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>The location and the limits of the embedded warehouse.</summary>
public sealed class DuckDbWarehouseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Warehouse:DuckDb";

    /// <summary>The default file, under the working directory.</summary>
    public const string DefaultFile = "coordinator-data/warehouse.duckdb";

    /// <summary>The path of a file, <c>:memory:</c>, or a connection string that begins with <c>Data Source=</c>. A missing folder is created. The
    /// key is <c>Coordinator:Warehouse:ConnectionString</c>, for all warehouses.</summary>
    [NotASetting]
    public string ConnectionString { get; set; } = DefaultFile;

    /// <summary>The life of the ledgers. The keys are under <c>Coordinator:Warehouse:Ledger</c>, for all warehouses.</summary>
    [NotASetting]
    public LedgerOptions Ledger { get; set; } = new();

    /// <summary>The maximum number of concurrent connections; further callers wait. Default 16.</summary>
    public int MaxConnections { get; set; } = 16;

    /// <summary>
    /// A file of SQL statements that make the tables: the silo runs it at each start, in one transaction, before it accepts work. A relative path
    /// is relative to the working folder.
    /// Default: none.
    /// </summary>
    public string SetupScript { get; set; } = "";

    /// <summary>Opens an existing file read-only and creates nothing. Default false.</summary>
    [NotASetting]
    public bool IsReadOnly { get; set; }
}
