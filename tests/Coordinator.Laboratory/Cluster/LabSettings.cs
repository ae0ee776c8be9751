namespace Coordinator.Laboratory.Cluster;

/// <summary>The settings of a laboratory run.</summary>
internal sealed record LabSettings
{
    /// <summary>Whether the silos share a ghetto lock. Without it each silo has its own locks.</summary>
    public required LockMode Lock { get; init; }

    /// <summary>The TTL of a lock.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Orleans' grain directory, a value of the setting <c>Coordinator:Clustering:Directory</c>.</summary>
    public string Directory { get; init; } = "Local";

    public int Silos { get; init; } = 3;

    public int Tables { get; init; } = 24;

    /// <summary>Clients, each with a writer for every table. Two clients of one table connect through different silos.</summary>
    public int Clients { get; init; } = 3;

    /// <summary>A writer's pause between a receipt and its next intent.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The minimum duration of a transaction. A commit costs hundreds of milliseconds on Redshift.</summary>
    public TimeSpan TransactionTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The columns of every table.</summary>
    public string Columns { get; init; } = "id bigint NOT NULL";

    /// <summary>Settings of PostgreSQL, besides those of the log.</summary>
    public IReadOnlyList<string> Postgres { get; init; } = [];

    /// <summary>The password with which silos log in to the warehouse; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Whether memcached looks old, so that the first locks do not wait for a quarantine.</summary>
    public bool IsMemcachedOld { get; init; }

    /// <summary>Whether the clocks of silos can be set.</summary>
    public bool HasFakeClocks { get; init; }

    /// <summary>The silo's program and its arguments; empty for silo-host.</summary>
    public IReadOnlyList<string> Program { get; init; } = [];

    /// <summary>How much silos log about their locks. The times of activations are read from <c>Debug</c>.</summary>
    public string LockLog { get; init; } = "Debug";

    public IReadOnlyList<string> TableNames => [.. Enumerable.Range(0, Tables).Select(static i => FormattableString.Invariant($"t{i:00}"))];
}
