namespace Coordinator.Grains.Tables;

/// <summary>Shares queries of the warehouse between many callers: one query runs at a time, and callers that arrive during it share the next
/// one, which begins after their arrival. So an answer is never older than its caller's request, and many callers do not cause many queries. Not
/// thread-safe: only its grain uses it.</summary>
/// <param name="ask">Runs the query.</param>
/// <param name="pause">The time from the end of one query to the start of the next.</param>
/// <param name="clock">The clock for the pause.</param>
internal sealed class OneAtATime<T>(Func<CancellationToken, Task<T>> ask, TimeSpan pause, TimeProvider clock)
{
    private Task<T>? _next;
    private Task _running = Task.CompletedTask;
    private long _endedAt;

    /// <summary>True if no query waits or runs, and the next one may start at once.</summary>
    public bool IsQuiet => _next is null && _running.IsCompleted && (_endedAt == 0 || clock.GetElapsedTime(_endedAt) >= pause);

    /// <summary>The answer of a query that begins after this call.</summary>
    public Task<T> AskAsync(CancellationToken cancellationToken) => _next ??= AskAfterAsync(_running, cancellationToken);

    private async Task<T> AskAfterAsync(Task before, CancellationToken cancellationToken)
    {
        // Yields to the grain's scheduler at least once, so that other waiting callers join.
        await before.ConfigureAwait(
            ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (_endedAt > 0 && pause - clock.GetElapsedTime(_endedAt) is { Ticks: > 0 } left) await Task.Delay(left, clock, cancellationToken);
        var asking = RunAsync(cancellationToken);
        (_next, _running) = (null, asking);
        return await asking;
    }

    private async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken);
        }
        finally
        {
            _endedAt = clock.GetTimestamp();
        }
    }
}
