using System.Security.Cryptography.X509Certificates;

namespace Coordinator.RedshiftSimulator;

/// <summary>The imitated settings, and the server below.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The connection string of the PostgreSQL below. Its user must be a superuser: the simulator creates Redshift's system views in
    /// every database that clients connect to.</summary>
    public required string Upstream { get; init; }

    /// <summary>The port on loopback; 0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>The isolation level of every database.</summary>
    public IsolationLevel Isolation { get; init; } = IsolationLevel.Serializable;

    /// <summary>The kind of Redshift. Default a provisioned cluster.</summary>
    public RedshiftDeployment Deployment { get; init; }

    /// <summary>The certificate for TLS; null for a server without TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The passwords with which a user's login is admitted now; null if no password is asked for.</summary>
    public Func<string, IReadOnlyCollection<string>>? PasswordsOf { get; init; }

    /// <summary>Whether logins are asked for an MD5 digest of the password, and not for the password itself.</summary>
    public bool AsksForMd5 { get; init; }

    /// <summary>The user of all sessions below; empty for the one that logged in.</summary>
    public string DatabaseUser { get; init; } = "";

    /// <summary>Whether logins are asked for a SHA-256 digest, which is a request of Redshift's own.</summary>
    public bool AsksForSha256 { get; init; }

    /// <summary>The added latency of a commit of a transaction that wrote.</summary>
    public TimeSpan CommitLatency { get; init; }

    /// <summary>The number of concurrent commits; further commits queue.</summary>
    public int ConcurrentCommits { get; init; } = 1;

    /// <summary>The S3 stand-in: a folder with a subfolder for each bucket, such as <see cref="Storage.ObjectStore.Folder"/>. Without it COPY
    /// finds nothing.</summary>
    public string S3Folder { get; init; } = "/nonexistent";

    /// <summary>Whether <c>enable_case_sensitive_identifier</c> is on in the parameter group. Redshift's default is off.</summary>
    public bool IsCaseSensitive { get; init; }

    /// <summary>Other databases of the cluster. PostgreSQL has the schema <c>"database.schema"</c> for each of their schemas.</summary>
    public IReadOnlySet<string> SharedDatabases { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The table of which Redshift has made a materialized view by itself, so that it answers queries from the view; empty for
    /// none.</summary>
    public string AutomaticViewOf { get; init; } = "";

    /// <summary>How long nothing has to pass on a connection for the network to forget it without a word to either end; null for never. AWS's load
    /// balancers and NAT gateways take 350 s.</summary>
    public TimeSpan? ForgetsAfter { get; init; }

    /// <summary>How long a Serverless workgroup is without a statement until it pauses; null for never.</summary>
    public TimeSpan? PausesAfter { get; init; }

    /// <summary>How long the first statement after a pause waits for the workgroup to resume, within its <c>statement_timeout</c>.</summary>
    public TimeSpan Resume { get; init; }

    /// <summary>Whether the first statement after a pause is cancelled when the workgroup has resumed.</summary>
    public bool ResumeCancels { get; init; }

    /// <summary>How long a query of SVV_TABLES takes.</summary>
    public TimeSpan SvvTables { get; init; }

    /// <summary>How long after its client is cut off a session with <see cref="Commits.CommitKill.Late"/> commits.</summary>
    public TimeSpan LateCommitAfter { get; init; } = TimeSpan.FromMilliseconds(300);
}
