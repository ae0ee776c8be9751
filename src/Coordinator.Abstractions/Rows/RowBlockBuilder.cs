using System.Buffers.Binary;

namespace Coordinator.Rows;

/// <summary>Collects rows column by column. It can be built and cleared repeatedly.</summary>
public sealed class RowBlockBuilder
{
    private readonly ColumnBuilder[] _columns;

    /// <summary>Starts an empty block.</summary>
    public RowBlockBuilder(RowSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        _columns = new ColumnBuilder[schema.Count];
        for (var i = 0; i < _columns.Length; i++) _columns[i] = new ColumnBuilder(schema.Names[i], schema.Types[i], schema.WidthsBytes[i]);
    }

    /// <summary>The names and types of the columns.</summary>
    public RowSchema Schema { get; }

    /// <summary>The number of rows so far, by the first column.</summary>
    public int RowCount => _columns[0].Count;

    /// <summary>The size of the block in bytes, if it were built now.</summary>
    public long SizeBytes => RowBlock.HeaderBytes + Schema.Encoded.Length + _columns.Sum(static c => (long)c.SizeBytes);

    /// <summary>The column at a position, from 0.</summary>
    public ColumnBuilder this[int column] => _columns[column];

    /// <summary>Makes the block. The builder keeps its rows until <see cref="Clear"/>.</summary>
    /// <exception cref="InvalidRowsException">Columns differ in length, or the block exceeds <see cref="RowBlock.MaxBytes"/>.</exception>
    public RowBlock Build()
    {
        foreach (var column in _columns)
        {
            if (column.Count != RowCount)
                throw new InvalidRowsException($"Column {column.Name} has {column.Count} values; column {_columns[0].Name} has {RowCount}.");
        }

        var size = SizeBytes;
        if (size > RowBlock.MaxBytes)
            throw new InvalidRowsException($"The rows take {size} bytes; a block takes at most {RowBlock.MaxBytes}. Send fewer rows at a time.");
        var payload = GC.AllocateUninitializedArray<byte>((int)size);
        payload[0] = RowBlock.Version;
        payload[1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(2), (ushort)_columns.Length);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(4), RowCount);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(8), Schema.Encoded.Length);
        Schema.Encoded.CopyTo(payload.AsSpan(RowBlock.HeaderBytes));
        var at = RowBlock.HeaderBytes + Schema.Encoded.Length;
        foreach (var column in _columns) at += column.WriteTo(payload.AsSpan(at));
        return new RowBlock(payload);
    }

    /// <summary>Removes all rows and keeps the memory.</summary>
    public void Clear()
    {
        foreach (var column in _columns) column.Clear();
    }
}
