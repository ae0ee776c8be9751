namespace Coordinator.Core.Retry;

/// <summary>The number and delays of a transaction's retries.</summary>
public sealed record RetryOptions
{
    /// <summary>The number of tries after the first; 0 for none.</summary>
    public int MaxRetries { get; init; } = 8;

    /// <summary>The delay before the first retry. It doubles from there, with jitter.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest delay between two tries.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(2);
}
