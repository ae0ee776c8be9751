namespace Coordinator.Core.Queueing;

/// <summary>The limits of one table's queue.</summary>
public sealed record WriteQueueOptions
{
    /// <summary>Most rows of one transaction. An intent that has more stands alone.</summary>
    public int MaxBatchRows { get; init; } = 100_000;

    /// <summary>Most bytes of one transaction. An intent that has more stands alone.</summary>
    public long MaxBatchBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>
    /// For a warehouse whose commits are dear: at least this long from the end of a table's insert turn to the beginning of its next, and twice as long as that turn took. A full batch and an
    /// update that waits end the wait. Zero, the default, for none.
    /// </summary>
    public TimeSpan FlushInterval { get; init; }

    /// <summary>Most intents that wait.</summary>
    public int MaxQueuedIntents { get; init; } = 100_000;

    /// <summary>Most bytes that wait.</summary>
    public long MaxQueuedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How long an intent may wait if it does not say.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a caller waits before it hears "pending".</summary>
    public TimeSpan LongPoll { get; init; } = Grains.TableGrainCalls.LongPoll;

    /// <summary>For how long an update that waits may go without asking before it counts as gone. One that is let in while it does not ask has this long to be heard of.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The hint to callers who meet a full queue.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
