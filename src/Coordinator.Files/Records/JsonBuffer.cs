namespace Coordinator.Files.Records;

/// <summary>The part of a stream that is being parsed, and its position in the stream.</summary>
internal sealed class JsonBuffer(Stream stream)
{
    private byte[] _bytes = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <summary>Bytes that are read but not consumed. Filling the buffer moves them.</summary>
    public ReadOnlyMemory<byte> Unread => _bytes.AsMemory(_start, _end - _start);

    /// <summary>True once the stream has ended.</summary>
    public bool IsLast { get; private set; }

    /// <summary>The number of consumed bytes of the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>The line where <see cref="Unread"/> begins.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Reads more bytes.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            Unread.Span.CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
        var read = await stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken);
        _end += read;
        IsLast = read == 0;
    }

    /// <summary>Consumes bytes.</summary>
    public void Take(int length)
    {
        Line += _bytes.AsSpan(_start, length).Count((byte)'\n');
        Offset += length;
        _start += length;
    }

    /// <summary>Skips a byte order mark and white space; false if there is nothing else.</summary>
    public async ValueTask<bool> SkipToContentAsync(CancellationToken cancellationToken)
    {
        while (Unread.Length < 3 && !IsLast) await FillAsync(cancellationToken);
        if (Unread.Span.StartsWith("\uFEFF"u8)) Take(3);
        while (true)
        {
            var content = Unread.Span.IndexOfAnyExcept(" \t\r\n"u8);
            Take(content < 0 ? Unread.Length : content);
            if (content >= 0) return true;
            if (IsLast) return false;
            await FillAsync(cancellationToken);
        }
    }

    /// <summary>Skips white space and commas, up to the next element.</summary>
    public void SkipSeparators()
    {
        var content = Unread.Span.IndexOfAnyExcept(" \t\r\n,"u8);
        Take(content < 0 ? Unread.Length : content);
    }
}
