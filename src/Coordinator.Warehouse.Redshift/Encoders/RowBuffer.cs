using System.Buffers;
using Coordinator.Rows;

namespace Coordinator.Warehouse.Redshift.Encoders;

/// <summary>Writes rows, straight from the columns of a block, into one buffer until it is full; how a row is written is its heirs' to say.</summary>
internal abstract class RowBuffer(int columns) : IDisposable
{
    private const int Bytes = 256 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Bytes);
    private int _used;

    /// <summary>What is to be sent.</summary>
    public ReadOnlyMemory<byte> Pending => _buffer.AsMemory(0, _used);

    /// <summary>The columns of the block at hand.</summary>
    protected Column[] Columns { get; } = new Column[columns];

    /// <summary>Forgets what was sent.</summary>
    public void Clear() => _used = 0;

    /// <summary>Writes rows from one on to before another until the buffer is full, at least one if it is empty, and answers which row comes next.</summary>
    public int WriteRows(RowBlock block, int row, int end)
    {
        for (var i = 0; i < Columns.Length; i++) Columns[i] = block.Column(i);
        for (; row < end; row++)
        {
            var most = MostBytes(row);
            if (most > _buffer.Length - _used)
            {
                if (_used > 0) return row;
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = ArrayPool<byte>.Shared.Rent(most);
            }

            _used += WriteRow(row, _buffer.AsSpan(_used));
        }

        return row;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>No fewer bytes than a row takes.</summary>
    protected abstract int MostBytes(int row);

    /// <summary>Writes a row and answers its bytes.</summary>
    protected abstract int WriteRow(int row, Span<byte> to);

    /// <summary>Writes what is no row; there is room for it at the beginning and at the end.</summary>
    protected void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }
}
