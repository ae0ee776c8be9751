using Coordinator.Core.Ledger;
using Coordinator.Settings;
using Coordinator.Warehouse.Redshift.Credentials;
using Coordinator.Warehouse.Redshift.Staging;

namespace Coordinator.Warehouse.Redshift;

/// <summary>The settings of a Redshift warehouse.</summary>
public sealed class RedshiftWarehouseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Warehouse:Redshift";

    /// <summary>Npgsql's connection string. Required. The key is <c>Coordinator:Warehouse:ConnectionString</c>, for all warehouses.</summary>
    [NotASetting]
    public string ConnectionString { get; set; } = "";

    /// <summary>A file with the password. The key is <c>Coordinator:Warehouse:PasswordFile</c>, for PostgreSQL and Redshift.</summary>
    [NotASetting]
    public string PasswordFile { get; set; } = "";

    /// <summary>Where the user name and the password of logins come from; by default <c>File</c> if <c>Coordinator:Warehouse:PasswordFile</c> is set,
    /// and <c>Static</c>, the connection string, if not. Each kind takes passwords that change without a restart, except <c>Static</c>.</summary>
    public CredentialKind? Credentials { get; set; }

    /// <summary>The credentials in use: those that are set, or the default.</summary>
    internal CredentialKind CredentialsInUse => Credentials ?? (PasswordFile.Length > 0 ? CredentialKind.File : CredentialKind.Static);

    /// <summary>How AWS is asked for logins.</summary>
    public LoginOptions Login { get; set; } = new();

    /// <summary>The name of the sessions: <c>coordinator/&lt;silo name&gt;</c>.</summary>
    [NotASetting]
    public string ApplicationName { get; set; } = "coordinator";

    /// <summary>The life of the ledgers. The keys are under <c>Coordinator:Warehouse:Ledger</c>, for all warehouses.</summary>
    [NotASetting]
    public LedgerOptions Ledger { get; set; } = new();

    /// <summary>The maximum number of connections of this process for inserts, and again for updates; default 16. A cluster allows 500 to 2,000
    /// in total, and runs 50 queries at a time.</summary>
    public int MaxConnections { get; set; } = 16;

    /// <summary>How many transactions of this process commit at the same time; default 4. Commits queue in the whole cluster, so more of them
    /// would only wait there.</summary>
    public int MaxConcurrentCommits { get; set; } = 4;

    /// <summary>How long one exchange with the server may take, except for an update's SQL; in whole seconds, default 10 minutes.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the first statements of a transaction may take, the WLM queue included; default 15 seconds. If another session holds the
    /// table's ledger then, it counts as an overlap.</summary>
    public TimeSpan FenceTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The age at which a transaction on a table that runs no query counts as frozen, so that the table's next activation ends its
    /// session; default 30 seconds.</summary>
    public TimeSpan FrozenAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for a lost session to end, so that the ledger has the final outcome of its COMMIT; default 30
    /// seconds.</summary>
    public TimeSpan OutcomeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Large batches as files in S3.</summary>
    public StagingOptions Staging { get; set; } = new();
}
