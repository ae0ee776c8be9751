namespace Coordinator.Core.Retry;

/// <summary>How all tables of a silo retry. They share it, because a pipeline is larger than the rest of an idle table.</summary>
public sealed class TableRetry(RetryOptions options, TimeProvider clock, Random random)
{
    /// <summary>How often one intent is tried again after a refusal in unknown words.</summary>
    private const int MaxUnexplainedRetries = 2;

    /// <summary>For questions.</summary>
    public WarehouseRetry Questions { get; } = new(options, clock, random);

    /// <summary>For a batch of several intents: halving it is itself the retry of a refusal in unknown words.</summary>
    public WarehouseRetry Batches { get; } = new(options, clock, random, maxUnexplained: 0);

    /// <summary>For an intent alone.</summary>
    public WarehouseRetry Alone { get; } = new(options, clock, random, MaxUnexplainedRetries);

    /// <summary>The hint to callers while the warehouse does not answer.</summary>
    public TimeSpan MaxDelay { get; } = options.MaxDelay;
}
