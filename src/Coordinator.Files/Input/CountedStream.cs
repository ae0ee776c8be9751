namespace Coordinator.Files.Input;

/// <summary>A stream whose reader's bytes are counted while it reads.</summary>
/// <param name="inner">The stream.</param>
/// <param name="onRead">Called after each read with the sum of all; it throws to stop the reader.</param>
internal sealed class CountedStream(Stream inner, Action<long> onRead) : ForwardStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _read += read;
        onRead(_read);
        return read;
    }

    // A body is read asynchronously only.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
