namespace Coordinator.RedshiftSimulator;

/// <summary>What to imitate, and over which server.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The PostgreSQL below, as Npgsql reads it. Its user must be a superuser: the simulator makes Redshift's system views in every database that is connected to.</summary>
    public required string Upstream { get; init; }

    /// <summary>The port on loopback; 0 lets the system choose.</summary>
    public int Port { get; init; }

    /// <summary>The isolation level of every database.</summary>
    public IsolationLevel Isolation { get; init; } = IsolationLevel.Serializable;

    /// <summary>What a commit of a transaction that wrote takes, on top of PostgreSQL's own.</summary>
    public TimeSpan CommitLatency { get; init; }

    /// <summary>How many commits run at the same time; the others queue.</summary>
    public int ConcurrentCommits { get; init; } = 1;

    /// <summary>What stands for S3: a folder with a folder for each bucket, such as <see cref="Storage.ObjectStore.Folder"/>. Without it COPY finds nothing.</summary>
    public string S3Folder { get; init; } = "/nonexistent";

    /// <summary>How long a session that is cut off before its commit, but not stopped, goes on before it commits after all.</summary>
    public TimeSpan LateCommitAfter { get; init; } = TimeSpan.FromMilliseconds(300);
}
