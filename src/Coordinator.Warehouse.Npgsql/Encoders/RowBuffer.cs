using System.Buffers;
using Coordinator.Rows;

namespace Coordinator.Warehouse.Npgsql.Encoders;

/// <summary>Writes rows directly from the columns of a block into one buffer until it is full. Subclasses define the format of a row.</summary>
internal abstract class RowBuffer(int columns) : IDisposable
{
    private const int Bytes = 256 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Bytes);
    private int _used;

    /// <summary>The bytes to send.</summary>
    public ReadOnlyMemory<byte> Pending => _buffer.AsMemory(0, _used);

    /// <summary>The columns of the present block.</summary>
    protected Column[] Columns { get; } = new Column[columns];

    /// <summary>Empties the buffer after its bytes were sent.</summary>
    public void Clear() => _used = 0;

    /// <summary>Writes rows from <paramref name="row"/> up to <paramref name="end"/> until the buffer is full, at least one if it is empty.
    /// Returns the next row to write.</summary>
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

    /// <summary>An upper bound for the size of a row.</summary>
    protected abstract int MostBytes(int row);

    /// <summary>Writes a row and returns its size.</summary>
    protected abstract int WriteRow(int row, Span<byte> to);

    /// <summary>Writes bytes that are not a row. There is room for them at the beginning and at the end.</summary>
    protected void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }
}
