namespace Coordinator.RedshiftSimulator.Wire;

/// <summary>A connection through a load balancer or NAT gateway, which forgets a connection on which nothing passed for some time. What either end
/// sends after that disappears, its end included, and neither end gets an error.</summary>
/// <param name="inner">The connection.</param>
/// <param name="after">How long nothing has to pass.</param>
/// <param name="time">The clock.</param>
internal sealed class ForgottenStream(Stream inner, TimeSpan after, TimeProvider time) : Stream
{
    private readonly CancellationTokenSource _closed = new();
    private long _passedAt = time.GetTimestamp();
    private volatile bool _isForgotten;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (Passes()) return read;
            if (read == 0) await Task.Delay(Timeout.InfiniteTimeSpan, time, _closed.Token);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Passes()) await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    private bool Passes()
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(Interlocked.Read(ref _passedAt), now) > after) _isForgotten = true;
        if (!_isForgotten) Interlocked.Exchange(ref _passedAt, now);
        return !_isForgotten;
    }
}
