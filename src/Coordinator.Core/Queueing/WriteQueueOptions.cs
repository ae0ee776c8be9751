namespace Coordinator.Core.Queueing;

/// <summary>The limits of one table's queue.</summary>
public sealed record WriteQueueOptions
{
    /// <summary>The maximum number of rows of a transaction. A larger intent gets its own.</summary>
    public int MaxBatchRows { get; init; } = 100_000;

    /// <summary>The maximum number of bytes of a transaction. A larger intent gets its own.</summary>
    public long MaxBatchBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>For a warehouse with expensive commits: the minimum time from the end of a table's insert turn to the start of its next, and at
    /// least twice the duration of that turn. A full batch or a waiting update ends the wait. Zero, the default, for none.</summary>
    public TimeSpan FlushInterval { get; init; }

    /// <summary>The maximum number of waiting intents.</summary>
    public int MaxQueuedIntents { get; init; } = 100_000;

    /// <summary>The maximum number of waiting bytes.</summary>
    public long MaxQueuedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The maximum number of waiting bytes of all tables of a silo together.</summary>
    public long MaxSiloQueuedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>The default for how long an intent may wait.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The retry hint for callers of a full queue.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
