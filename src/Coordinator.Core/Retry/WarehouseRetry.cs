using Coordinator.Core.Warehouses;
using Polly;
using Polly.Retry;

namespace Coordinator.Core.Retry;

/// <summary>Retries temporary failures: conflicts, an unavailable warehouse, and an unknown outcome, because the next transaction finds the
/// outcome in the ledger. A rejection, a lost turn or a missing right is not retried here.</summary>
public static class WarehouseRetry
{
    /// <summary>Makes the pipeline that runs one transaction until it succeeds, is rejected, or has no tries left.</summary>
    /// <param name="options">The number and delays of retries.</param>
    /// <param name="clock">The clock for delays.</param>
    /// <param name="random">The source of jitter; the caller's seed replays it.</param>
    /// <param name="onRetry">Called for every failure that is retried.</param>
    /// <param name="maxUnexplained">How often an <see cref="FailureCause.UnexplainedRefusal"/> is retried at most.</param>
    public static ResiliencePipeline Pipeline(
        RetryOptions options, TimeProvider clock, Random random, Action<WarehouseException> onRetry, int maxUnexplained = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Polly knows no retry of none.
        if (options.MaxRetries == 0) return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is WarehouseException failure && IsRetryable(failure)
                        && (failure.Cause != FailureCause.UnexplainedRefusal || arguments.AttemptNumber < maxUnexplained)),
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
        failure.Kind is FailureKind.Conflict or FailureKind.Unavailable or FailureKind.Unknown
            && failure.Cause != FailureCause.Permission;
}
