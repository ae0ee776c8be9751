using System.Buffers;

namespace Coordinator.Memcached.Protocol;

/// <summary>Received bytes that are not parsed yet. Its size is fixed for any peer: a reply that would not fit is an error before it could fill
/// the buffer.</summary>
internal sealed class ReplyBuffer : IDisposable
{
    public const int Size = 64 * 1024;

    private readonly ValueCache _values = new();
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(Size);
    private int _start;
    private int _end;

    /// <summary>The space for the next bytes: never empty once <see cref="TryTake"/> has returned false.</summary>
    public Memory<byte> Free()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        return _bytes.AsMemory(_end, Size - _end);
    }

    public void Add(int count) => _end += count;

    public bool TryTake(out MemcachedReply reply)
    {
        if (!ReplyParser.TryRead(_bytes.AsSpan(_start, _end - _start), _values, out var used, out reply)) return false;
        _start += used;
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
}
