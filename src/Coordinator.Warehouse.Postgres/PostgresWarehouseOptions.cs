using Coordinator.Core.Ledger;
using Coordinator.Settings;

namespace Coordinator.Warehouse.Postgres;

/// <summary>The settings of a PostgreSQL warehouse.</summary>
public sealed class PostgresWarehouseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Warehouse:Postgres";

    /// <summary>Npgsql's connection string. Required. The key is <c>Coordinator:Warehouse:ConnectionString</c>, for all warehouses.</summary>
    [NotASetting]
    public string ConnectionString { get; set; } = "";

    /// <summary>A file with the password. The key is <c>Coordinator:Warehouse:PasswordFile</c>, for PostgreSQL and Redshift.</summary>
    [NotASetting]
    public string PasswordFile { get; set; } = "";

    /// <summary>The name of the sessions: <c>coordinator/&lt;silo name&gt;</c>. PostgreSQL cuts it after 63 bytes.</summary>
    [NotASetting]
    public string ApplicationName { get; set; } = "coordinator";

    /// <summary>The life of the ledgers. The keys are under <c>Coordinator:Warehouse:Ledger</c>, for all warehouses.</summary>
    [NotASetting]
    public LedgerOptions Ledger { get; set; } = new();

    /// <summary>The maximum number of connections of this process for inserts, and again for updates. A table needs one during its commit;
    /// default 32.</summary>
    public int MaxPoolSize { get; set; } = 32;

    /// <summary>How long one exchange with the server may take, except for an update's SQL; in whole seconds, default 2 minutes.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait at a table's fence for a rival's transaction before it counts as an overlap; default 5 seconds.</summary>
    public TimeSpan FenceTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server lets a transaction of the coordinator sit idle before it ends it. This frees the table of a frozen silo.
    /// Default 30 seconds.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a session must have waited for its client, within a transaction on a table, before the table's next activation ends it;
    /// default 3 seconds. Only a silo that is paused or cut off waits that long between two steps of a transaction.</summary>
    public TimeSpan FrozenAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The isolation of inserts; default <see cref="InsertIsolation.Serializable"/>.</summary>
    public InsertIsolation InsertIsolation { get; set; }
}
