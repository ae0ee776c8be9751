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

    /// <summary>A file with the password for PostgreSQL or Redshift, instead of one in the connection string. It is read for each login, so that a
    /// new password needs no restart.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>A name for the warehouse that its copies do not share, the same on every silo. A client keeps to the warehouse that it has written
    /// to, and by default another address, server, database or file is another one. With a name the warehouse can move while clients run.
    /// Default: none.</summary>
    public string Id { get; set; } = "";

    /// <summary>The life of the ledgers, of every warehouse.</summary>
    public LedgerOptions Ledger { get; set; } = new();
}
