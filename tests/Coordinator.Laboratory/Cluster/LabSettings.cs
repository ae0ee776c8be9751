namespace Coordinator.Laboratory.Cluster;

/// <summary>What a laboratory is set up with.</summary>
internal sealed record LabSettings
{
    /// <summary>Whether the silos share a ghetto lock; without it each silo has locks of its own.</summary>
    public required LockMode Lock { get; init; }

    /// <summary>The life of a lock.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Orleans' grain directory, as the setting <c>Coordinator:Clustering:Directory</c> names it.</summary>
    public string Directory { get; init; } = "Local";

    public int Silos { get; init; } = 3;

    public int Tables { get; init; } = 24;

    /// <summary>Clients, each with a writer to every table. Two clients of one table come in through different silos.</summary>
    public int Clients { get; init; } = 3;

    /// <summary>What a writer waits between a receipt and its next intent.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a transaction takes at least. A commit costs hundreds of milliseconds on Redshift.</summary>
    public TimeSpan TransactionTime { get; init; } = TimeSpan.FromMilliseconds(200);

    public IReadOnlyList<string> TableNames => [.. Enumerable.Range(0, Tables).Select(static i => FormattableString.Invariant($"t{i:00}"))];
}
