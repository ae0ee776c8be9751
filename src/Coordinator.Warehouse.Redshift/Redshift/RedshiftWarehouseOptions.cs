using Coordinator.Warehouse.Redshift.Redshift.Staging;

namespace Coordinator.Warehouse.Redshift.Redshift;

/// <summary>How to work with a Redshift warehouse.</summary>
public sealed class RedshiftWarehouseOptions
{
    /// <summary>Where it is, as Npgsql reads it. Required.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The name that sessions carry: <c>coordinator/&lt;silo name&gt;</c>.</summary>
    public string ApplicationName { get; set; } = "coordinator";

    /// <summary>The most connections of this process for inserts, and again for updates; default 16. A cluster takes 500 to 2,000 in all, and runs 50 queries at a time.</summary>
    public int MaxConnections { get; set; } = 16;

    /// <summary>How many transactions of this process commit at the same time; default 4. Commits queue in the whole cluster, so more of them only wait there.</summary>
    public int MaxConcurrentCommits { get; set; } = 4;

    /// <summary>How long one exchange with the server may take, an update's SQL excepted; in whole seconds, default 10 minutes.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait at a table's ledger for a rival's transaction before it counts as an overlap; default 15 seconds, queueing in WLM included.</summary>
    public TimeSpan FenceTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How old a transaction on a table must be, with no query running, for its session to be ended by the table's next activation; default 30 seconds.</summary>
    public TimeSpan FrozenAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for a lost session to end, so that the ledger tells for certain what became of its COMMIT; default 30 seconds.</summary>
    public TimeSpan OutcomeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a ledger remembers an intent: a retry that comes later writes again. Default 30 days.</summary>
    public TimeSpan LedgerRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often a ledger is pruned, within a turn of its table; default 6 hours.</summary>
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Large batches as files in S3.</summary>
    public StagingOptions Staging { get; set; } = new();
}
