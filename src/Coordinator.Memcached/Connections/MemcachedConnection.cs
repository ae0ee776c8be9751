using System.Buffers;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>One connection that many requests share. A request is appended to one buffer and queued for one reply, both under one lock, so the
/// replies come in the order of the requests. One sender sends the collected bytes, one loop reads.</summary>
/// <remarks>There are no allocations in the steady state: buffers, places in the order and batches are reused.</remarks>
internal sealed class MemcachedConnection : IMemcachedConnection, IThreadPoolWorkItem, IAsyncDisposable
{
    private const int MaxBatchesKept = 64;

    private static readonly MemcachedReply OverLimit = new(ReplyKind.Unreachable, Detail: "too many requests wait for an answer");

    private readonly Lock _gate = new();
    private readonly Queue<PendingReply> _inFlight = new();
    private readonly Stack<PendingReply> _places = new();
    private readonly Stack<AnsweredBatch> _batches = new();
    private readonly MemcachedReply[] _replies = new MemcachedReply[AnsweredBatch.Size];
    private readonly Stream _stream;
    private readonly MemcachedClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly KeyValuePair<string, object?> _tag;
    private readonly ITimer _watchdog;
    private ArrayBufferWriter<byte> _gathering = new(4096);
    private ArrayBufferWriter<byte> _sending = new(4096);
    private int _gathered;
    private bool _isSending;
    private long _lastSent;
    private MemcachedReply? _over;

    /// <summary>Takes ownership of the stream.</summary>
    public MemcachedConnection(Stream stream, ServerAddress server, MemcachedClientOptions options, TimeProvider clock)
    {
        _stream = stream;
        Server = server;
        _options = options;
        _clock = clock;
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

    public ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        return SendAsync(Command.Get(key), cancellationToken);
    }

    public ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        return SendAsync(Command.Peek(key), cancellationToken);
    }

    public ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        return SendAsync(Command.Touch(key, Wire.Seconds(ttl)), cancellationToken);
    }

    public ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        Wire.CheckValue(value);
        return SendAsync(Command.Add(key, value, Wire.Seconds(ttl)), cancellationToken);
    }

    public ValueTask<MemcachedReply> SetAsync(string key, string text, TimeSpan ttl, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        Wire.CheckText(text);
        return SendAsync(Command.Set(key, text, Wire.Seconds(ttl)), cancellationToken);
    }

    public ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        return SendAsync(Command.Delete(key, cas), cancellationToken);
    }

    public ValueTask<MemcachedReply> SendAsync(in Command command, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<MemcachedReply>(cancellationToken);
        PendingReply pending;
        lock (_gate)
        {
            if (_over is { } over) return new(over);
            if (_inFlight.Count >= _options.MaxInFlight) return new(OverLimit);
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
            MemcachedMetrics.Errors.Add(_inFlight.Count, _tag);
            AnswerAll_NeedsLock(new MemcachedReply(ReplyKind.Lost, Detail: reason));
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
        lock (_gate)
        {
            if (_places.Count < _options.MaxInFlight) _places.Push(place);
        }
    }

    public void Recycle(AnsweredBatch batch)
    {
        lock (_gate)
        {
            if (_batches.Count < MaxBatchesKept) _batches.Push(batch);
        }
    }

    /// <summary>The sender: a work item of the thread pool while there is something to send.</summary>
    void IThreadPoolWorkItem.Execute() => _ = SendGatheredAsync();

    private PendingReply Enqueue_NeedsLock(in Command command, bool isAwaited)
    {
        if (!_places.TryPop(out var pending)) pending = new PendingReply(this);
        _lastSent = _clock.GetTimestamp();
        pending.Prepare(command.Kind, _lastSent, isAwaited);
        command.WriteTo(_gathering);
        _gathered++;
        _inFlight.Enqueue(pending);
        if (!_isSending) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        _isSending = true;
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
            // Any failure must be reported to the waiting callers.
            Close(e.Message);
        }
    }

    private ReadOnlyMemory<byte> TakeGathered()
    {
        int count;
        lock (_gate)
        {
            _sending.ResetWrittenCount();
            if (_gathered == 0 || _over is not null)
            {
                _isSending = false;
                return default;
            }

            (_gathering, _sending) = (_sending, _gathering);
            (count, _gathered) = (_gathered, 0);
        }

        MemcachedMetrics.Requests.Add(count, _tag);
        return _sending.WrittenMemory;
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
            // Any failure must be reported to the waiting callers.
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

    /// <summary>Passes replies to their callers, in order. Returns the reason if that is no longer possible.</summary>
    private string? Answer(ReadOnlySpan<MemcachedReply> replies)
    {
        string? trouble = null;
        lock (_gate)
        {
            if (_over is { } over) return over.Detail;
            if (replies.IsEmpty) return null;
            var batch = Batch_NeedsLock();
            foreach (ref readonly var reply in replies)
            {
                if (!_inFlight.TryDequeue(out var pending))
                {
                    trouble = $"{reply.Kind} answers nothing {reply.Detail}".TrimEnd();
                    break;
                }

                var isBelievable = pending.Kind.IsAnsweredBy(reply.Kind);
                var answer = isBelievable || reply.Kind == ReplyKind.Error ? reply : MemcachedReply.Error($"{reply.Kind} does not answer {pending.Kind}");
                batch.Add(pending, answer);
                if (isBelievable) continue;
                trouble = answer.Detail;
                break;
            }

            batch.Start();
        }

        if (trouble is not null) MemcachedMetrics.Errors.Add(1, _tag);
        return trouble;
    }

    private void AnswerAll_NeedsLock(in MemcachedReply reply)
    {
        while (_inFlight.Count > 0)
        {
            var batch = Batch_NeedsLock();
            while (!batch.IsFull && _inFlight.TryDequeue(out var pending)) batch.Add(pending, reply);
            batch.Start();
        }
    }

    private AnsweredBatch Batch_NeedsLock() => _batches.TryPop(out var batch) ? batch : new AnsweredBatch(this);

    /// <summary>The only timer: requests in flight must be answered in time, and an idle connection gets a no-op as a probe.</summary>
    private void Watch()
    {
        lock (_gate)
        {
            if (_over is not null) return;
            if (!_inFlight.TryPeek(out var oldest))
            {
                if (_clock.GetElapsedTime(_lastSent) >= _options.IdleProbe) Enqueue_NeedsLock(Command.NoOp, isAwaited: false);
                return;
            }

            if (_clock.GetElapsedTime(oldest.SentTimestamp) < _options.ReplyTimeout) return;
        }

        Close($"no answer within {_options.ReplyTimeout.TotalSeconds:0.###} s");
    }
}
