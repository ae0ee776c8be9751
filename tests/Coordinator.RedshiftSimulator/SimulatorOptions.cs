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

    /// <summary>The added latency of a commit of a transaction that wrote.</summary>
    public TimeSpan CommitLatency { get; init; }

    /// <summary>The number of concurrent commits; further commits queue.</summary>
    public int ConcurrentCommits { get; init; } = 1;

    /// <summary>The S3 stand-in: a folder with a subfolder for each bucket, such as <see cref="Storage.ObjectStore.Folder"/>. Without it COPY
    /// finds nothing.</summary>
    public string S3Folder { get; init; } = "/nonexistent";

    /// <summary>How long after its client is cut off a session with <see cref="Commits.CommitKill.Late"/> commits.</summary>
    public TimeSpan LateCommitAfter { get; init; } = TimeSpan.FromMilliseconds(300);
}
