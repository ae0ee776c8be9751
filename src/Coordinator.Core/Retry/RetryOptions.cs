namespace Coordinator.Core.Retry;

/// <summary>How often and how fast a transaction is tried again.</summary>
public sealed record RetryOptions
{
    /// <summary>Tries after the first.</summary>
    public int MaxRetries { get; init; } = 8;

    /// <summary>The wait before the first retry; it doubles from there, with jitter.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(2);
}
