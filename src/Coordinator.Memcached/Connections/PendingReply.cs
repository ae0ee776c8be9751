using System.Threading.Tasks.Sources;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>
/// A request's place in the order of replies, and what its caller awaits. The caller may leave early; the place stays
/// until its reply came. Its connection uses it again when both are through with it.
/// </summary>
internal sealed class PendingReply(MemcachedConnection connection) : IValueTaskSource<MemcachedReply>
{
    private ManualResetValueTaskSourceCore<MemcachedReply> _core;
    private CancellationTokenRegistration _registration;
    private int _isAnswered;
    private int _users;

    public CommandKind Kind { get; private set; }

    public long SentTimestamp { get; private set; }

    public void Prepare(CommandKind kind, long sentTimestamp, bool isAwaited)
    {
        _core.Reset();
        _core.RunContinuationsAsynchronously = false;
        _isAnswered = 0;
        _users = isAwaited ? 2 : 1;
        Kind = kind;
        SentTimestamp = sentTimestamp;
    }

    /// <summary>What the caller awaits, exactly once.</summary>
    public ValueTask<MemcachedReply> AsTask(CancellationToken cancellationToken)
    {
        var version = _core.Version;
        _registration = cancellationToken.UnsafeRegister(static (state, token) => ((PendingReply)state!).GiveUp(token), this);
        return new ValueTask<MemcachedReply>(this, version);
    }

    /// <summary>The connection's last word. Runs what the caller does next; afterwards the connection must not touch this again.</summary>
    public void Complete(in MemcachedReply reply)
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

    private void GiveUp(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) != 0) return;
        // Whoever cancels must not have to run what the caller does next.
        _core.RunContinuationsAsynchronously = true;
        _core.SetException(new OperationCanceledException(cancellationToken));
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _users) == 0) connection.Recycle(this);
    }
}
