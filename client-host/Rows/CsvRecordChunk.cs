using System.Buffers;
using Coordinator.Errors;
using Coordinator.Rows;

namespace Coordinator.ClientHost.Rows;

/// <summary>Records of a CSV file. Every column is text; the silo reads it as what the target column is.</summary>
internal sealed class CsvRecordChunk(long number, RowSchema schema) : RecordChunk(number)
{
    private readonly RowBlockBuilder _builder = new(schema);
    private readonly ArrayBufferWriter<byte> _source = new();
    private readonly List<(int Start, int Length)> _ranges = [];

    /// <summary>The row being read.</summary>
    public ColumnBuilder this[int column] => _builder[column];

    /// <summary>Takes a copy of a record's text.</summary>
    public void AddSource(ReadOnlySpan<byte> record, long line)
    {
        _ranges.Add((_source.WrittenCount, record.Length));
        _source.Write(record);
        SourceBytes += record.Length;
        Rows.Add(line);
    }

    public override RowBlock? Encode()
    {
        if (Errors.Count > 0) return null;
        try
        {
            return _builder.Build();
        }
        catch (InvalidRowsException e)
        {
            AddError(Rows[0], "", e.Message);
            return null;
        }
    }

    public override IEnumerable<ReadOnlyMemory<byte>> Source() => _ranges.Select(r => _source.WrittenMemory.Slice(r.Start, r.Length));
}
