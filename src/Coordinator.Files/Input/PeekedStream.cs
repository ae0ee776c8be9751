namespace Coordinator.Files.Input;

/// <summary>A stream with a look-ahead: its beginning is returned again, then the rest.</summary>
internal sealed class PeekedStream : ForwardStream
{
    private const int SampleBytes = 64 * 1024;

    private readonly Stream _rest;
    private int _taken;

    private PeekedStream(Stream rest, byte[] beginning) => (_rest, Beginning) = (rest, beginning);

    /// <summary>The first bytes; all of them if there are few.</summary>
    public byte[] Beginning { get; }

    public static async Task<PeekedStream> OfAsync(Stream stream, CancellationToken cancellationToken)
    {
        var beginning = new byte[SampleBytes];
        var length = await stream.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        return new PeekedStream(stream, beginning[..length]);
    }

    public override int Read(Span<byte> buffer) => _taken < Beginning.Length ? Again(buffer) : _rest.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _taken < Beginning.Length ? ValueTask.FromResult(Again(buffer.Span)) : _rest.ReadAsync(buffer, cancellationToken);

    private int Again(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, Beginning.Length - _taken);
        Beginning.AsSpan(_taken, length).CopyTo(buffer);
        _taken += length;
        return length;
    }
}
