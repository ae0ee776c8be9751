using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace Coordinator.Memcached;

/// <summary>
/// A request's place in the order of replies, and what its caller awaits. The caller may leave early; the place stays
/// until its reply came. It is used again when both are through with it.
/// </summary>
internal sealed class PendingReply : IValueTaskSource<MemcachedReply>
{
    private const int MaxPooled = 1024;

    private static readonly ConcurrentQueue<PendingReply> Pool = new();

    private ManualResetValueTaskSourceCore<MemcachedReply> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private int _isAnswered;
    private int _users;

    private PendingReply()
    {
    }

    public Command Command { get; private set; }

    public long SentTimestamp { get; private set; }

    public static PendingReply Rent(Command command, long sentTimestamp)
    {
        if (!Pool.TryDequeue(out var pending)) pending = new PendingReply();
        pending._core.Reset();
        pending._isAnswered = 0;
        pending._users = 2;
        pending.Command = command;
        pending.SentTimestamp = sentTimestamp;
        return pending;
    }

    /// <summary>What the caller awaits, exactly once.</summary>
    public ValueTask<MemcachedReply> AsTask(CancellationToken cancellationToken)
    {
        var version = _core.Version;
        _registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((PendingReply)state!).TryAnswer(new OperationCanceledException(token)), this);
        return new ValueTask<MemcachedReply>(this, version);
    }

    /// <summary>The connection's last word. Afterwards it must not touch this again.</summary>
    public void Complete(MemcachedReply reply)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0) _core.SetResult(reply);
        LetGo();
    }

    MemcachedReply IValueTaskSource<MemcachedReply>.GetResult(short token)
    {
        try
        {
            // Waits for a cancellation that is under way, so that it cannot hit the next user.
            _registration.Dispose();
            return _core.GetResult(token);
        }
        finally
        {
            LetGo();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<MemcachedReply>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<MemcachedReply>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void TryAnswer(Exception failure)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0) _core.SetException(failure);
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _users) == 0 && Pool.Count < MaxPooled) Pool.Enqueue(this);
    }
}
