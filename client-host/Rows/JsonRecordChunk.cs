using System.Buffers;
using Coordinator.Errors;
using Coordinator.Rows;

namespace Coordinator.ClientHost.Rows;

/// <summary>Records that are JSON objects, side by side in one borrowed buffer.</summary>
internal sealed class JsonRecordChunk(long number) : RecordChunk(number)
{
    private readonly List<(int Start, int Length)> _ranges = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _used;

    /// <summary>Takes a copy of a record.</summary>
    public void Add(ReadOnlySequence<byte> record, long row)
    {
        var length = checked((int)record.Length);
        if (_buffer.Length - _used < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_used + length, _buffer.Length * 2));
            _buffer.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        record.CopyTo(_buffer.AsSpan(_used));
        _ranges.Add((_used, length));
        _used += length;
        SourceBytes += length;
        Rows.Add(row);
    }

    /// <summary>Counts a record that is too large to be kept.</summary>
    public void AddOversized(long row)
    {
        _ranges.Add((0, 0));
        Rows.Add(row);
        AddError(row, "", $"The record has more than {RowBlock.MaxRowBytes} bytes; a row takes at most that.");
    }

    public override RowBlock? Encode()
    {
        var columns = new JsonColumns(_buffer, (row, column, reason) => AddError(Rows[row], column, reason));
        for (var i = 0; i < _ranges.Count; i++)
        {
            if (_ranges[i].Length > 0) columns.AddRow(i, _ranges[i].Start, _ranges[i].Length);
        }

        if (Errors.Count > 0) return null;
        try
        {
            return columns.Build(_ranges.Count);
        }
        catch (InvalidRowsException e)
        {
            AddError(Rows[0], "", e.Message);
            return null;
        }
    }

    public override IEnumerable<ReadOnlyMemory<byte>> Source() => _ranges.Where(static r => r.Length > 0).Select(r => new ReadOnlyMemory<byte>(_buffer, r.Start, r.Length));

    public override void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose();
    }
}
