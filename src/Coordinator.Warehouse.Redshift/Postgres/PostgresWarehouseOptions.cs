namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>How to work with a PostgreSQL warehouse.</summary>
public sealed class PostgresWarehouseOptions
{
    /// <summary>Where it is, as Npgsql reads it. Required.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The name that sessions carry: <c>coordinator/&lt;silo name&gt;</c>. PostgreSQL cuts it after 63 bytes.</summary>
    public string ApplicationName { get; set; } = "coordinator";

    /// <summary>The most connections of this process for inserts, and again for updates. A table needs one while it commits; default 32.</summary>
    public int MaxPoolSize { get; set; } = 32;

    /// <summary>How long one exchange with the server may take, an update's SQL excepted; in whole seconds, default 2 minutes.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait at a table's fence for a rival's transaction before it counts as an overlap; default 5 seconds.</summary>
    public TimeSpan FenceTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server lets a transaction of ours sit idle before it ends it: so a silo that froze in one frees the table. Default 30 seconds.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a session must have waited for its client, within a transaction on a table, to be ended by the table's next activation; default 3 seconds. Between two
    /// steps of a transaction nothing waits that long unless its silo is paused or cut off.
    /// </summary>
    public TimeSpan FrozenAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The isolation of inserts; default <see cref="InsertIsolation.Serializable"/>.</summary>
    public InsertIsolation InsertIsolation { get; set; }
}
