using System.Buffers;
using Coordinator.Rows;

namespace Coordinator.Files.Records;

/// <summary>Records that are JSON objects, stored in one rented buffer.</summary>
internal sealed class JsonRecordChunk : RecordChunk
{
    private readonly List<Part> _parts = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _used;

    public JsonRecordChunk()
        : base(0, 1)
    {
    }

    public JsonRecordChunk(RecordChunk previous)
        : base(previous)
    {
    }

    /// <summary>Adds a copy of a record.</summary>
    public void Add(ReadOnlySequence<byte> record, long row, long offset)
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
        _parts.Add(new Part(_used, offset, length));
        _used += length;
        SourceBytes += length;
        Rows.Add(row);
    }

    /// <summary>Adds a record that is too large to be stored.</summary>
    public void AddOversized(long row, long offset, long length)
    {
        _parts.Add(new Part(-1, offset, length));
        Rows.Add(row);
        AddError(row, "", $"The record has more than {RowBlock.MaxRowBytes} bytes; a row takes at most that.");
    }

    public override RowBlock? Encode()
    {
        var columns = new JsonColumns(_buffer, (row, column, reason) => AddError(Rows[row], column, reason));
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Start >= 0) columns.AddRow(i, _parts[i].Start, (int)_parts[i].Length);
        }

        if (Errors.Count > 0) return null;
        try
        {
            return columns.Build(_parts.Count);
        }
        catch (InvalidRowsException e)
        {
            AddError(Rows[0], "", e.Message);
            return null;
        }
    }

    public override IEnumerable<RecordPlace> Source() =>
        _parts.Select(p => new RecordPlace(p.Start < 0 ? default : _buffer.AsMemory(p.Start, (int)p.Length), p.Offset, p.Length));

    public override void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose();
    }

    private readonly record struct Part(int Start, long Offset, long Length);
}
