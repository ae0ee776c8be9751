using System.Buffers.Binary;
using System.Threading.Channels;

namespace Coordinator.RedshiftSimulator.Wire;

/// <summary>Messages over a connection. They are read ahead, so that neither peer waits for the other to read.</summary>
internal sealed class FrameStream(Stream stream) : IAsyncDisposable
{
    private const int HeaderBytes = 5;
    private const int MaxBodyBytes = 512 * 1024 * 1024;

    private readonly Channel<Frame> _frames =
        Channel.CreateUnbounded<Frame>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly BufferedStream _output = new(stream, 64 * 1024);
    private readonly BufferedStream _input = new(stream, 64 * 1024);
    private Task _reading = Task.CompletedTask;

    /// <summary>Starts to read ahead. <see cref="ReadRawAsync"/> reads what precedes the first ordinary message.</summary>
    public void Start() => _reading = ReadAheadAsync();

    /// <summary>The next message; null when the peer has closed the connection.</summary>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken) =>
        await _frames.Reader.WaitToReadAsync(cancellationToken) && _frames.Reader.TryRead(out var frame) ? frame : null;

    /// <summary>A start-up packet: a body without a type; null when the peer has closed the connection.</summary>
    public async Task<byte[]?> ReadRawAsync(CancellationToken cancellationToken)
    {
        var length = new byte[4];
        if (await _input.ReadAtLeastAsync(length, 4, throwOnEndOfStream: false, cancellationToken) < 4) return null;
        var body = new byte[Checked(BinaryPrimitives.ReadInt32BigEndian(length) - 4)];
        await _input.ReadExactlyAsync(body, cancellationToken);
        return body;
    }

    public async ValueTask WriteAsync(Frame frame, CancellationToken cancellationToken)
    {
        // The test cut the connection.
        if (!stream.CanWrite) throw new IOException("The connection was cut.");
        var header = new byte[HeaderBytes];
        header[0] = (byte)frame.Type;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), frame.Body.Length + 4);
        await _output.WriteAsync(header, cancellationToken);
        await _output.WriteAsync(frame.Body, cancellationToken);
    }

    /// <summary>Writes bytes that are not a message: a start-up packet, or the answer to a TLS request.</summary>
    public async ValueTask WriteRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _output.WriteAsync(bytes, cancellationToken);
        await _output.FlushAsync(cancellationToken);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

    /// <summary>Cuts the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await _reading;
    }

    private async Task ReadAheadAsync()
    {
        try
        {
            var header = new byte[HeaderBytes];
            while (await _input.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes)
            {
                var body = new byte[Checked(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4)];
                await _input.ReadExactlyAsync(body);
                _frames.Writer.TryWrite(new Frame((char)header[0], body));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or NotSupportedException)
        {
            // The connection is gone; a disposed stream may say that it does not support reading. The reader gets the error.
        }
        finally
        {
            _frames.Writer.TryComplete();
        }
    }

    private static int Checked(int bytes) => bytes is >= 0 and <= MaxBodyBytes ? bytes : throw new IOException($"A message of {bytes} bytes.");
}
