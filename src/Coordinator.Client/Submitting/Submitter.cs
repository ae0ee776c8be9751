using Coordinator.Client.Connecting;
using Coordinator.Client.Telemetry;
using Coordinator.Errors;
using Coordinator.Receipts;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Coordinator.Client.Submitting;

/// <summary>Sends a write until it has a final receipt or the timeout expires. The first attempt is sent directly; only a failure enters the
/// retry pipeline.</summary>
internal sealed partial class Submitter
{
    private static readonly ResiliencePropertyKey<Retrying> State = new("coordinator.retrying");

    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly SiloOutage _outage;
    private readonly Lock _randomLock = new();
    private readonly ResiliencePipeline<WriteReceipt> _pipeline;

    public Submitter(TimeProvider time, Random random, ILogger logger)
    {
        (_time, _random, _logger, _outage) = (time, random, logger, new SiloOutage(time, logger));
        _pipeline = new ResiliencePipelineBuilder<WriteReceipt> { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = static args => ValueTask.FromResult(Of(args.Context).Remaining) })
            .AddRetry(new RetryStrategyOptions<WriteReceipt>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = static args => ValueTask.FromResult(Of(args.Context).ShouldRetry(args.Outcome.Result, args.Outcome.Exception)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Delay(args.Outcome, args.AttemptNumber)),
                OnRetry = OnRetry,
            })
            .Build();
    }

    public Task<WriteReceipt> SubmitAsync<TCall>(TCall call, SubmitTerms terms, CancellationToken cancellationToken)
        where TCall : struct, IWriteCall<TCall> =>
        ClientSpans.Source.HasListeners() ? TraceAsync(call, terms, cancellationToken) : SendAsync(call, terms, cancellationToken);

    private async Task<WriteReceipt> TraceAsync<TCall>(TCall call, SubmitTerms terms, CancellationToken cancellationToken)
        where TCall : struct, IWriteCall<TCall>
    {
        using var span = call.StartSpan();
        try
        {
            var receipt = await SendAsync(span is { Recorded: true, Id: { } id } ? call.WithTrace(id) : call, terms, cancellationToken)
                .ConfigureAwait(false);
            span?.End(receipt);
            return receipt;
        }
        catch (Exception failure)
        {
            span?.End(failure);
            throw;
        }
    }

    private async Task<WriteReceipt> SendAsync<TCall>(TCall call, SubmitTerms terms, CancellationToken cancellationToken)
        where TCall : struct, IWriteCall<TCall>
    {
        var started = _time.GetTimestamp();
        try
        {
            WriteReceipt? receipt = null;
            Exception? failure = null;
            try
            {
                var attempt = call.SendAsync(terms.Timeout);
                // Its own attemptTimeout ends it otherwise.
                if (terms.Timeout < AttemptTimeout.Longest) attempt = attempt.WaitAsync(terms.Timeout, _time, cancellationToken);
                else if (cancellationToken.CanBeCanceled) attempt = attempt.WaitAsync(cancellationToken);
                receipt = await attempt.ConfigureAwait(false);
            }
            catch (Exception e) when (Retrying.IsWorthIt(e, terms))
            {
                failure = e;
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                failure = GivenUp(e);
            }

            if (failure is null) _outage.AnsweredAt = _time.GetTimestamp();
            if (failure is not null || _outage.IsFailing) Note(failure, started);
            if (receipt is null or { Status: WriteStatus.Pending })
            {
                var first = failure is null ? Outcome.FromResult(receipt) : Outcome.FromException<WriteReceipt>(failure);
                var retrying = new Retrying(new Attempts(call.Id, terms.Timeout), terms, first, started, _time);
                receipt = await ContinueAsync(call, retrying, cancellationToken).ConfigureAwait(false);
            }

            ClientMetrics.Ended(WriteOutcome.Of(receipt), call.Kind, _time.GetElapsedTime(started));
            return receipt;
        }
        catch (Exception failure)
        {
            ClientMetrics.Ended(WriteOutcome.Of(failure), call.Kind, _time.GetElapsedTime(started));
            throw;
        }
    }

    private async Task<WriteReceipt> ContinueAsync<TCall>(TCall call, Retrying state, CancellationToken cancellationToken)
        where TCall : struct, IWriteCall<TCall>
    {
        if (state.Remaining <= TimeSpan.Zero)
        {
            state.NoteFirst();
            throw state.Attempts.OutOfTime();
        }

        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(State, state);
        try
        {
            var receipt = await _pipeline.ExecuteAsync(
                static async (context, call) =>
                {
                    var state = Of(context);
                    // The attempt before the pipeline counts as the pipeline's first, so that delay and count apply to it.
                    if (state.TakeFirst() is { } first) return Unwrap(first);
                    state.ThrowIfTooLate();
                    try
                    {
                        return await call.SendAsync(state.Left).WaitAsync(context.CancellationToken).ConfigureAwait(false);
                    }
                    catch (OperationCanceledException e) when (!context.CancellationToken.IsCancellationRequested)
                    {
                        throw GivenUp(e);
                    }
                    catch (OperationCanceledException)
                    {
                        state.Attempts.NoteCutOff();
                        throw;
                    }
                },
                context,
                call).ConfigureAwait(false);
            if (_outage.IsFailing) _outage.OnAnswered();
            return state.Final(receipt);
        }
        catch (Exception end) when (end is TimeoutRejectedException || state.IsTooLateFor(end))
        {
            LogGaveUp(call.Id);
            throw state.Attempts.OutOfTime();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>A cancellation that the client did not request comes from a stopping silo, or from a look-up of a grain on one.</summary>
    private static SiloUnavailableException GivenUp(OperationCanceledException e) => new("A silo cancelled the call.", innerException: e);

    private static WriteReceipt Unwrap(Outcome<WriteReceipt> outcome)
    {
        outcome.ThrowIfException();
        return outcome.Result!;
    }

    private static Retrying Of(ResilienceContext context) =>
        context.Properties.TryGetValue(State, out var state)
            ? state
            : throw new InvalidOperationException("A write entered the pipeline without its state.");

    private TimeSpan Delay(Outcome<WriteReceipt> outcome, int attempt) => outcome.Exception switch
    {
        null => TimeSpan.Zero,
        CoordinatorException { RetryAfter: var hint } when hint > TimeSpan.Zero => hint * (1 + NextDouble() / 4),
        _ => AttemptFailure.Delay(attempt, NextDouble()),
    };

    private ValueTask OnRetry(OnRetryArguments<WriteReceipt> args)
    {
        var attempt = args.AttemptNumber + 1;
        ClientSpans.OnRetry(attempt + 1, args.RetryDelay, args.Outcome.Exception);
        // The first outcome was noted before it entered the pipeline.
        if (args.AttemptNumber > 0) Note(args.Outcome.Exception, _time.GetTimestamp());
        if (args.Outcome.Exception is not { } failure) return ValueTask.CompletedTask;
        ClientMetrics.Retries.Add(1);
        LogRetry(Of(args.Context).Attempts.Id, attempt, args.RetryDelay, failure.GetType().Name);
        return ValueTask.CompletedTask;
    }

    private void Note(Exception? failure, long began)
    {
        if (failure is not null && AttemptFailure.IsNoAnswer(failure)) _outage.OnFailed(failure, began);
        else _outage.OnAnswered();
    }

    private double NextDouble()
    {
        lock (_randomLock) return _random.NextDouble();
    }
}
