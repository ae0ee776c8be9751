using Coordinator.Core.Warehouses;
using Polly;
using Polly.Retry;

namespace Coordinator.Core.Retry;

/// <summary>Retries temporary failures: conflicts, an unavailable warehouse, and an unknown outcome, because the next transaction finds the
/// outcome in the ledger. A rejection, a lost turn or a missing right is not retried here. It has no state: any number of callers may share
/// one.</summary>
public sealed class WarehouseRetry
{
    private static readonly ResiliencePropertyKey<Action<WarehouseException>> OnRetry = new("on-retry");

    private readonly ResiliencePipeline _pipeline;

    /// <param name="options">The number and delays of retries.</param>
    /// <param name="clock">The clock for delays.</param>
    /// <param name="random">The source of jitter; the caller's seed replays it.</param>
    /// <param name="maxUnexplained">How often an <see cref="FailureCause.UnexplainedRefusal"/> is retried at most.</param>
    public WarehouseRetry(RetryOptions options, TimeProvider clock, Random random, int maxUnexplained = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Polly knows no retry of none.
        _pipeline = options.MaxRetries == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = clock }
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
                OnRetry = static arguments =>
                {
                    arguments.Context.Properties.GetValue(OnRetry, static _ => { })((WarehouseException)arguments.Outcome.Exception!);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Runs one transaction until it succeeds, is rejected, or has no tries left.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="onRetry">Called for every failure that is retried.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    public async ValueTask<T> ExecuteAsync<T>(
        Func<CancellationToken, ValueTask<T>> work, Action<WarehouseException> onRetry, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(OnRetry, onRetry);
        try
        {
            return await _pipeline.ExecuteAsync(static (context, work) => work(context.CancellationToken), context, work);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool IsRetryable(WarehouseException failure) =>
        failure.Kind is FailureKind.Conflict or FailureKind.Unavailable or FailureKind.Unknown
            && failure.Cause != FailureCause.Permission;
}
