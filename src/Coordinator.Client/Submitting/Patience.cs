using Coordinator.Grains;

namespace Coordinator.Client.Submitting;

/// <summary>
/// How long an attempt waits for its answer. A grain that lives answers within <see cref="TableGrainCalls.LongPoll"/>, be it "pending"; an answer that is
/// overdue, or was to come from a gateway that is gone, is not waited for: what it answers is submitted again. Attempts that begin in the same second share a token, so that
/// none has a timer or an entry of its own.
/// </summary>
internal sealed class Patience : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // For the way there and back, and for a grain that looks only once a second who has waited long enough.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);
    private static readonly int Ticks = (int)((TableGrainCalls.LongPoll + Slack) / Tick);

    // What takes long on a slow line is not late.
    private const long LargeBytes = 2 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<CancellationTokenSource> _older = new();
    private readonly ITimer _timer;
    private CancellationTokenSource _current = new();
    private CancellationTokenSource _connected = new();

    public Patience(TimeProvider time) => _timer = time.CreateTimer(static patience => ((Patience)patience!).Age(), this, Tick, Tick);

    /// <summary>The longest that an attempt lasts.</summary>
    public static TimeSpan Longest => Tick * (Ticks + 1);

    /// <summary>What ends an attempt that begins now; a large one ends early only with its connection. To be taken before it is sent.</summary>
    public CancellationToken For(long bytes) => bytes > LargeBytes ? Volatile.Read(ref _connected).Token : Volatile.Read(ref _current).Token;

    /// <summary>Waits for the answer for as long as is sensible.</summary>
    /// <exception cref="AttemptAbandonedException">It is overdue, or its gateway is gone.</exception>
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

    /// <summary>Ends all attempts under way: any of them may have been on the connection that is lost.</summary>
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

        // Whoever waited goes on in the thread pool, not in the timer.
        _ = overdue?.CancelAsync();
    }
}
