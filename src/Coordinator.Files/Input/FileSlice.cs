using Microsoft.Win32.SafeHandles;

namespace Coordinator.Files.Input;

/// <summary>A part of a file as a stream with its own position, so that several readers share one handle.</summary>
internal sealed class FileSlice(SafeFileHandle handle, long offset, long length) : ForwardStream
{
    private long _taken;

    /// <summary>The number of bytes that were not read. After the end it is above 0 if the file became shorter.</summary>
    public long BytesLeft => length - _taken;

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(handle, Within(buffer), offset + _taken);
        _taken += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await RandomAccess.ReadAsync(handle, buffer[..(int)Math.Min(buffer.Length, length - _taken)], offset + _taken, cancellationToken);
        _taken += read;
        return read;
    }

    private Span<byte> Within(Span<byte> buffer) => buffer[..(int)Math.Min(buffer.Length, length - _taken)];
}
