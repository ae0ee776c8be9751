using System.Threading.Tasks.Sources;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>A request's place in the order of replies, and the task of its caller. The caller may leave early; the place stays until its reply
/// has arrived. The connection reuses it when both are finished with it.</summary>
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

    /// <summary>The task of the caller, to be awaited exactly once.</summary>
    public ValueTask<MemcachedReply> AsTask(CancellationToken cancellationToken)
    {
        var version = _core.Version;
        _registration = cancellationToken.UnsafeRegister(static (state, token) => ((PendingReply)state!).GiveUp(token), this);
        return new ValueTask<MemcachedReply>(this, version);
    }

    /// <summary>Completes the task and runs the caller's continuation. The connection must not use this object afterwards.</summary>
    public void Complete(in MemcachedReply reply)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0) _core.SetResult(reply);
        LetGo();
    }

    MemcachedReply IValueTaskSource<MemcachedReply>.GetResult(short token)
    {
        try
        {
            // Waits for a running cancellation, so that it cannot affect the next user.
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
        // The cancelling thread must not run the caller's continuation.
        _core.RunContinuationsAsynchronously = true;
        _core.SetException(new OperationCanceledException(cancellationToken));
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _users) == 0) connection.Recycle(this);
    }
}
