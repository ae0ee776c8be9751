using Coordinator.Grains;

namespace Coordinator.Client.Submitting;

/// <summary>How long an attempt waits for its answer. A live grain answers within <see cref="CallTimes.Answer"/>, possibly with "pending". An
/// attempt whose answer is overdue, or whose gateway is gone, is abandoned and submitted again. Attempts that begin in the same second share a
/// token, so that they need no timer of their own.</summary>
internal sealed class AttemptTimeout : IDisposable
{
    private static readonly TimeSpan Tick = CallTimes.Tick;
    private static readonly int Ticks = (int)Math.Ceiling(CallTimes.Attempt / Tick);

    // A slow transfer of a large message is not overdue.
    private const long LargeBytes = 2 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<CancellationTokenSource> _older = new();
    private readonly ITimer _timer;
    private CancellationTokenSource _current = new();
    private CancellationTokenSource _connected = new();

    public AttemptTimeout(TimeProvider time) =>
        _timer = time.CreateTimer(static attemptTimeout => ((AttemptTimeout)attemptTimeout!).Age(), this, Tick, Tick);

    /// <summary>The maximum length of an attempt.</summary>
    public static TimeSpan Longest => Tick * (Ticks + 1);

    /// <summary>The token that ends an attempt that begins now. A large attempt ends early only with its connection. Call it before
    /// sending.</summary>
    public CancellationToken For(long bytes) => bytes > LargeBytes ? Volatile.Read(ref _connected).Token : Volatile.Read(ref _current).Token;

    /// <summary>Waits for the answer until the token ends the attempt.</summary>
    /// <exception cref="AttemptAbandonedException">The answer is overdue, or its gateway is gone.</exception>
    public static async Task<T> AwaitAsync<T>(Task<T> answer, CancellationToken token)
    {
        try
        {
            return await answer.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw new AttemptAbandonedException();
        }
    }

    /// <summary>Ends all attempts under way, because any of them may have used the lost connection.</summary>
    public void GiveUp()
    {
        CancellationTokenSource[] all;
        lock (_gate)
        {
            all = [.. _older, _current, _connected];
            _older.Clear();
            Volatile.Write(ref _connected, new CancellationTokenSource());
            Volatile.Write(ref _current, new CancellationTokenSource());
        }

        foreach (var source in all) _ = source.CancelAsync();
    }

    public void Dispose() => _timer.Dispose();

    private void Age()
    {
        CancellationTokenSource? overdue = null;
        lock (_gate)
        {
            _older.Enqueue(_current);
            Volatile.Write(ref _current, new CancellationTokenSource());
            if (_older.Count > Ticks) overdue = _older.Dequeue();
        }

        // Waiting callers continue on the thread pool, not in the timer.
        _ = overdue?.CancelAsync();
    }
}
