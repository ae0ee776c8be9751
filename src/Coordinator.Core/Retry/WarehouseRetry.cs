using Coordinator.Core.Warehouses;
using Polly;
using Polly.Retry;

namespace Coordinator.Core.Retry;

/// <summary>
/// Which failures are tried again: conflicts, an absent warehouse, and an unknown outcome, because the next transaction meets the ledger and
/// finds out. What was rejected or lost its turn is not.
/// </summary>
public static class WarehouseRetry
{
    /// <summary>Makes the pipeline that runs one transaction until it succeeds, is rejected or the tries are used up.</summary>
    /// <param name="options">How often and how fast.</param>
    /// <param name="clock">What the waits are measured by.</param>
    /// <param name="random">Spreads the waits; the caller's seed replays them.</param>
    /// <param name="onRetry">Told of every failure that is tried again.</param>
    public static ResiliencePipeline Pipeline(RetryOptions options, TimeProvider clock, Random random, Action<WarehouseException> onRetry)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<WarehouseException>(IsRetryable),
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.Delay,
                MaxDelay = options.MaxDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = random.NextDouble,
                OnRetry = arguments =>
                {
                    onRetry((WarehouseException)arguments.Outcome.Exception!);
                    return default;
                },
            })
            .Build();
    }

    private static bool IsRetryable(WarehouseException failure) =>
        failure.Kind is FailureKind.Conflict or FailureKind.Unavailable or FailureKind.Unknown;
}
