using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Coordinator.Memcached;

/// <summary>
/// One TCP connection that many requests share. Whoever asks appends to one buffer and queues for one reply, both under one
/// lock, so the order of the replies is the order of the requests; one loop sends what has gathered, another reads.
/// </summary>
internal sealed class MemcachedConnection : IMemcachedConnection, IAsyncDisposable
{
    private const string OverLimit = "too many requests wait for an answer";

    private readonly Lock _gate = new();
    private readonly Queue<PendingReply> _inFlight = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Socket _socket;
    private readonly ServerAddress _server;
    private readonly MemcachedClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _watchdog;
    private ArrayBufferWriter<byte> _gathering = new(4096);
    private ArrayBufferWriter<byte> _sending = new(4096);
    private string? _closedBecause;

    public MemcachedConnection(Socket socket, ServerAddress server, MemcachedClientOptions options, TimeProvider clock)
    {
        _socket = socket;
        _server = server;
        _options = options;
        _clock = clock;
        Closed = Task.WhenAll(Task.Run(SendLoopAsync), Task.Run(ReadLoopAsync));
        var period = options.ReplyTimeout / 4;
        _watchdog = clock.CreateTimer(static state => ((MemcachedConnection)state!).CloseIfStalled(), this, period, period);
    }

    /// <summary>Completes when the connection is over and everything in flight was answered.</summary>
    public Task Closed { get; }

    public string ClosedBecause => _closedBecause ?? "";

    public ServerAddress Server => _server;

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

    public ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        return SendAsync(Command.Delete(key, cas), cancellationToken);
    }

    public ValueTask<MemcachedReply> SendAsync(Command command, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Refusal_NeedsLock(1) is { } refusal ? new(refusal) : Enqueue_NeedsLock(command, cancellationToken);
        }
    }

    /// <summary>Sends two commands with none between them.</summary>
    public (Task<MemcachedReply> First, Task<MemcachedReply> Second) SendPair(Command first, Command second, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Refusal_NeedsLock(2) is { } refusal) return (Task.FromResult(refusal), Task.FromResult(refusal));
            return (Enqueue_NeedsLock(first, cancellationToken).AsTask(), Enqueue_NeedsLock(second, cancellationToken).AsTask());
        }
    }

    /// <summary>Ends the connection. What is in flight is answered as lost.</summary>
    public void Close(string reason)
    {
        lock (_gate)
        {
            if (_closedBecause is not null) return;
            _closedBecause = reason;
            var lost = new MemcachedReply(ReplyKind.Lost, Detail: reason);
            MemcachedMetrics.Errors.Add(_inFlight.Count, MemcachedMetrics.Server(_server.ToString()));
            while (_inFlight.TryDequeue(out var pending)) pending.Complete(lost);
        }

        _closing.Cancel();
        _socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Close("the client was disposed of");
        await _watchdog.DisposeAsync();
        await Closed;
        _wake.Dispose();
        _closing.Dispose();
    }

    private MemcachedReply? Refusal_NeedsLock(int count)
    {
        if (_closedBecause is not null) return new MemcachedReply(ReplyKind.Unreachable, Detail: _closedBecause);
        return _inFlight.Count + count > _options.MaxInFlight ? new MemcachedReply(ReplyKind.Unreachable, Detail: OverLimit) : null;
    }

    private ValueTask<MemcachedReply> Enqueue_NeedsLock(Command command, CancellationToken cancellationToken)
    {
        var pending = PendingReply.Rent(command, _clock.GetTimestamp());
        if (_gathering.WrittenCount == 0) _wake.Release();
        command.WriteTo(_gathering);
        _inFlight.Enqueue(pending);
        MemcachedMetrics.Requests.Add(1, MemcachedMetrics.Server(_server.ToString()));
        return pending.AsTask(cancellationToken);
    }

    private async Task SendLoopAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_closing.Token);
                lock (_gate) (_gathering, _sending) = (_sending, _gathering);
                for (var rest = _sending.WrittenMemory; !rest.IsEmpty;)
                    rest = rest[await _socket.SendAsync(rest, SocketFlags.None, _closing.Token)..];
                _sending.ResetWrittenCount();
            }
        }
        catch (Exception e) when (IsEndOfConnection(e))
        {
            Close(e.Message);
        }
    }

    private async Task ReadLoopAsync()
    {
        var reader = PipeReader.Create(new NetworkStream(_socket, ownsSocket: false));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(_closing.Token);
                var input = read.Buffer;
                if (!TakeReplies(ref input)) return;
                reader.AdvanceTo(input.Start, input.End);
                if (!read.IsCompleted) continue;
                Close("the server closed the connection");
                return;
            }
        }
        catch (Exception e) when (IsEndOfConnection(e))
        {
            Close(e.Message);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    /// <summary>False when the replies can no longer be matched; the connection is closed then.</summary>
    private bool TakeReplies(ref ReadOnlySequence<byte> input)
    {
        while (ReplyParser.TryRead(ref input, out var reply))
        {
            PendingReply? pending;
            lock (_gate) _inFlight.TryDequeue(out pending);
            var isBelievable = pending is not null && pending.Command.IsAnsweredBy(reply.Kind);
            if (!isBelievable && reply.Kind != ReplyKind.Error) reply = MemcachedReply.Error($"{reply.Kind} does not answer {pending?.Command.Kind.ToString() ?? "anything"}");
            pending?.Complete(reply);
            if (isBelievable) continue;
            MemcachedMetrics.Errors.Add(1, MemcachedMetrics.Server(_server.ToString()));
            Close(reply.Detail);
            return false;
        }

        return true;
    }

    private void CloseIfStalled()
    {
        lock (_gate)
        {
            if (!_inFlight.TryPeek(out var oldest) || _clock.GetElapsedTime(oldest.SentTimestamp) < _options.ReplyTimeout) return;
        }

        Close($"no answer within {_options.ReplyTimeout.TotalSeconds:0.###} s");
    }

    private static bool IsEndOfConnection(Exception e) =>
        e is OperationCanceledException or SocketException or IOException or ObjectDisposedException;
}
