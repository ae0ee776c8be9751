namespace Coordinator.Grains.Tables;

/// <summary>
/// Asks a question of the warehouse for many callers: one question is under way at a time, and those who come meanwhile share the next one, which begins after they came. So an answer is never older than
/// its caller's question, and a stream of callers is no stream of queries. Not thread-safe: its grain is its thread.
/// </summary>
/// <param name="ask">Asks.</param>
/// <param name="pause">From the end of one question to the beginning of the next.</param>
/// <param name="clock">What the pause is measured by.</param>
internal sealed class OneAtATime<T>(Func<CancellationToken, Task<T>> ask, TimeSpan pause, TimeProvider clock)
{
    private Task<T>? _next;
    private Task _running = Task.CompletedTask;
    private long _endedAt;

    /// <summary>The answer to a question that begins after this call.</summary>
    public Task<T> AskAsync(CancellationToken cancellationToken) => _next ??= AskAfterAsync(_running, cancellationToken);

    private async Task<T> AskAfterAsync(Task before, CancellationToken cancellationToken)
    {
        // A turn of the grain's scheduler at the least: those who are about to ask as well join in.
        await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
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
