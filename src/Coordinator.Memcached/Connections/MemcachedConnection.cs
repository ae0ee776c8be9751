using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>
/// One connection that many requests share. A request appends to one buffer and queues for one reply, both under one
/// lock, so the order of the replies is the order of the requests; one sender sends what has gathered, one loop reads.
/// </summary>
/// <remarks>In the steady state nothing is allocated: buffers, places in the order and batches are used again.</remarks>
internal sealed class MemcachedConnection : IMemcachedConnection, IThreadPoolWorkItem, IAsyncDisposable
{
    private static readonly MemcachedReply OverLimit = new(ReplyKind.Unreachable, Detail: "too many requests wait for an answer");

    private readonly Lock _gate = new();
    private readonly SendBuffer _unsent = new();
    private readonly ReplyQueue _waiting;
    private readonly MemcachedReply[] _replies = new MemcachedReply[AnsweredBatch.Size];
    private readonly Stream _stream;
    private readonly MemcachedConnectionOptions _options;
    private readonly TimeProvider _clock;
    private readonly KeyValuePair<string, object?> _tag;
    private readonly ITimer _watchdog;
    private long _lastSent;
    private MemcachedReply? _over;

    /// <summary>Takes ownership of the stream.</summary>
    public MemcachedConnection(Stream stream, ServerAddress server, MemcachedConnectionOptions options, TimeProvider clock)
    {
        _stream = stream;
        Server = server;
        _options = options;
        _clock = clock;
        _waiting = new ReplyQueue(this, options.MaxInFlight);
        _tag = MemcachedMetrics.Server(server);
        _lastSent = clock.GetTimestamp();
        Closed = Task.Run(ReadLoopAsync);
        var period = options.ReplyTimeout / 4;
        _watchdog = clock.CreateTimer(static state => ((MemcachedConnection)state!).Watch(), this, period, period);
    }

    /// <summary>Completes when the connection is closed and all requests in flight are answered.</summary>
    public Task Closed { get; }

    public string ClosedBecause
    {
        get
        {
            lock (_gate) return _over?.Detail ?? "";
        }
    }

    public ServerAddress Server { get; }

    public ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken) => SendAsync(Command.Get(key), cancellationToken);

    public ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken) => SendAsync(Command.Peek(key), cancellationToken);

    public ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken) =>
        SendAsync(Command.Touch(key, Wire.Seconds(ttl)), cancellationToken);

    public ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken) =>
        SendAsync(Command.Add(key, value, Wire.Seconds(ttl)), cancellationToken);

    public ValueTask<MemcachedReply> SetAsync(string key, string text, TimeSpan ttl, CancellationToken cancellationToken) =>
        SendAsync(Command.Set(key, text, Wire.Seconds(ttl)), cancellationToken);

    public ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken) =>
        SendAsync(Command.Delete(key, cas), cancellationToken);

    public ValueTask<MemcachedReply> SendAsync(in Command command, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<MemcachedReply>(cancellationToken);
        PendingReply pending;
        lock (_gate)
        {
            if (_over is { } over) return new(over);
            if (_waiting.IsFull) return new(OverLimit);
            pending = Enqueue_NeedsLock(command, isAwaited: true);
        }

        return pending.AsTask(cancellationToken);
    }

    /// <summary>Closes the connection. Requests in flight are answered as lost.</summary>
    public void Close(string reason)
    {
        lock (_gate)
        {
            if (_over is not null) return;
            _over = new MemcachedReply(ReplyKind.Unreachable, Detail: reason);
            MemcachedMetrics.Errors.Add(_waiting.Count, _tag);
            _waiting.AnswerAll(new MemcachedReply(ReplyKind.Lost, Detail: reason));
        }

        _stream.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Close("the client was disposed of");
        await _watchdog.DisposeAsync();
        await Closed;
    }

    public void Recycle(PendingReply place)
    {
        lock (_gate) _waiting.Recycle(place);
    }

    public void Recycle(AnsweredBatch batch)
    {
        lock (_gate) _waiting.Recycle(batch);
    }

    /// <summary>The sender: a work item of the thread pool while there is something to send.</summary>
    void IThreadPoolWorkItem.Execute() => _ = SendGatheredAsync();

    private PendingReply Enqueue_NeedsLock(in Command command, bool isAwaited)
    {
        _lastSent = _clock.GetTimestamp();
        var pending = _waiting.Enqueue(command.Kind, _lastSent, isAwaited);
        if (_unsent.Add(command)) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return pending;
    }

    private async Task SendGatheredAsync()
    {
        try
        {
            // One write for everything that was collected during the last write.
            while (TakeGathered() is { IsEmpty: false } bytes) await _stream.WriteAsync(bytes);
        }
        catch (Exception e)
        {
            // Any failure ends the connection, so that every request in flight is answered.
            Close(e.Message);
        }
    }

    private ReadOnlyMemory<byte> TakeGathered()
    {
        ReadOnlyMemory<byte> bytes;
        int count;
        lock (_gate)
        {
            // A connection that is over starts no sender any more.
            if (_over is not null) return default;
            bytes = _unsent.Take(out count);
        }

        if (count > 0) MemcachedMetrics.Requests.Add(count, _tag);
        return bytes;
    }

    private async Task ReadLoopAsync()
    {
        using var buffer = new ReplyBuffer();
        try
        {
            do
            {
                var read = await _stream.ReadAsync(buffer.Free());
                if (read == 0) Close("the server closed the connection");
                buffer.Add(read);
            }
            while (TakeReplies(buffer));
        }
        catch (Exception e)
        {
            // Any failure ends the connection, so that every request in flight is answered.
            Close(e.Message);
        }
    }

    /// <summary>False when the connection is closed, or when replies can no longer be matched, which closes it.</summary>
    private bool TakeReplies(ReplyBuffer buffer)
    {
        while (true)
        {
            var count = 0;
            while (count < _replies.Length && buffer.TryTake(out _replies[count]))
            {
                if (_replies[count++].Kind == ReplyKind.Error) break;
            }

            if (Answer(_replies.AsSpan(0, count)) is { } trouble)
            {
                Close(trouble);
                return false;
            }

            if (count < _replies.Length) return true;
        }
    }

    /// <summary>Gives replies to the requests that wait for them. Not null when that cannot go on, and why.</summary>
    private string? Answer(ReadOnlySpan<MemcachedReply> replies)
    {
        string? trouble;
        lock (_gate)
        {
            if (_over is { } over) return over.Detail;
            if (replies.IsEmpty) return null;
            trouble = _waiting.Answer(replies);
        }

        if (trouble is not null) MemcachedMetrics.Errors.Add(1, _tag);
        return trouble;
    }

    /// <summary>The one timer: the oldest request must be answered in time, and a connection without requests is asked for a sign of life.</summary>
    private void Watch()
    {
        lock (_gate)
        {
            if (_over is not null) return;
            if (_waiting.Oldest is not { } oldest)
            {
                if (_clock.GetElapsedTime(_lastSent) >= _options.IdleProbe) Enqueue_NeedsLock(Command.NoOp, isAwaited: false);
                return;
            }

            if (_clock.GetElapsedTime(oldest.SentTimestamp) < _options.ReplyTimeout) return;
        }

        Close($"no answer within {_options.ReplyTimeout.TotalSeconds:0.###} s");
    }
}
