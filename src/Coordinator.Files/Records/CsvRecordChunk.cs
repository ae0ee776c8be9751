using System.Buffers;
using Coordinator.Rows;

namespace Coordinator.Files.Records;

/// <summary>Records of a CSV file. Every column is text; the silo converts it to the target column's type.</summary>
internal sealed class CsvRecordChunk : RecordChunk
{
    private readonly RowSchema _schema;
    private readonly RowBlockBuilder _builder;
    private readonly ArrayBufferWriter<byte> _source = new();
    private readonly List<(int Start, long Offset, int Length)> _parts = [];

    public CsvRecordChunk(RowSchema schema)
        : base(0, 1) => (_schema, _builder) = (schema, new RowBlockBuilder(schema));

    public CsvRecordChunk(CsvRecordChunk previous)
        : base(previous) => (_schema, _builder) = (previous._schema, new RowBlockBuilder(previous._schema));

    /// <summary>The columns of the present row.</summary>
    public ColumnBuilder this[int column] => _builder[column];

    /// <summary>Adds a copy of a record's text.</summary>
    public void AddSource(ReadOnlySpan<byte> record, long line, long offset)
    {
        _parts.Add((_source.WrittenCount, offset, record.Length));
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

    public override IEnumerable<RecordPlace> Source() =>
        _parts.Select(p => new RecordPlace(_source.WrittenMemory.Slice(p.Start, p.Length), p.Offset, p.Length));
}
