using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Coordinator.Rows;

/// <summary>Collects the values of one column, in the order of rows. Each append adds one row to the column.</summary>
public sealed class ColumnBuilder
{
    private readonly ArrayBufferWriter<byte> _values = new();
    private readonly ArrayBufferWriter<byte>? _offsets;
    private readonly int _width;
    private byte[]? _nulls;
    private byte[]? _absents;

    internal ColumnBuilder(string name, ColumnType type, int widthBytes)
    {
        Name = name;
        Type = type;
        _width = widthBytes;
        if (_width == 0) _offsets = new ArrayBufferWriter<byte>();
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of the values.</summary>
    public ColumnType Type { get; }

    /// <summary>The number of values so far, including nulls.</summary>
    public int Count { get; private set; }

    /// <summary>The column's size within a block, in bytes.</summary>
    public int SizeBytes => 1 + (_nulls is null ? 0 : Column.BitmapBytes(Count)) + (_absents is null ? 0 : Column.BitmapBytes(Count))
        + (_offsets is null ? 0 : (Count + 1) * 4) + _values.WrittenCount;

    /// <summary>Appends a null.</summary>
    public void AppendNull()
    {
        Mark(ref _nulls);
        if (_width > 0)
        {
            _values.GetSpan(_width)[.._width].Clear();
            _values.Advance(_width);
        }

        EndValue();
    }

    /// <summary>Appends an absent value: the row does not have the column, and its default applies.</summary>
    public void AppendAbsent()
    {
        Mark(ref _absents);
        AppendNull();
    }

    /// <summary>Appends to an <see cref="ColumnType.Int64"/> column.</summary>
    public void Append(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(ColumnType.Int64), value);
        EndValue();
    }

    /// <summary>Appends to a <see cref="ColumnType.Double"/> column.</summary>
    public void Append(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Take(ColumnType.Double), value);
        EndValue();
    }

    /// <summary>Appends to a <see cref="ColumnType.Decimal"/> column.</summary>
    public void Append(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var bytes = Take(ColumnType.Decimal);
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes[(i * 4)..], bits[i]);
        EndValue();
    }

    /// <summary>Appends to a <see cref="ColumnType.Boolean"/> column.</summary>
    public void Append(bool value)
    {
        Take(ColumnType.Boolean)[0] = value ? (byte)1 : (byte)0;
        EndValue();
    }

    /// <summary>Appends to a <see cref="ColumnType.Timestamp"/> column: the date and time as written. The kind is ignored.</summary>
    public void AppendTimestamp(DateTime value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(ColumnType.Timestamp), value.Ticks);
        EndValue();
    }

    /// <summary>Appends to a <see cref="ColumnType.TimestampTz"/> column.</summary>
    public void Append(DateTimeOffset value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(ColumnType.TimestampTz), value.UtcTicks);
        EndValue();
    }

    /// <summary>Appends to a <see cref="ColumnType.Date"/> column.</summary>
    public void Append(DateOnly value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Take(ColumnType.Date), value.DayNumber);
        EndValue();
    }

    /// <summary>Appends to a <see cref="ColumnType.Uuid"/> column.</summary>
    public void Append(Guid value)
    {
        value.TryWriteBytes(Take(ColumnType.Uuid), bigEndian: true, out _);
        EndValue();
    }

    /// <summary>Appends to a <see cref="ColumnType.Text"/>, <see cref="ColumnType.Json"/> or <see cref="ColumnType.Number"/> column.</summary>
    /// <exception cref="InvalidRowsException">The text contains a lone surrogate, which is not a character. Nothing was appended.</exception>
    public void Append(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (Type is not (ColumnType.Text or ColumnType.Json or ColumnType.Number)) throw Mismatch("text");
        var space = _values.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length));
        // The encoders of Encoding write U+FFFD for a lone surrogate.
        if (Utf8.FromUtf16(value, space, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new InvalidRowsException($"Column {Name}, row {Count + 1}: the text holds a lone surrogate, which is not a Unicode character.");
        _values.Advance(written);
        EndValue();
    }

    /// <summary>Appends to a <see cref="ColumnType.Text"/>, <see cref="ColumnType.Json"/>, <see cref="ColumnType.Number"/> (UTF-8) or a
    /// <see cref="ColumnType.Bytes"/> column.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        if (_width != 0) throw Mismatch("bytes");
        _values.Write(value);
        EndValue();
    }

    /// <summary>Copies a value from a column of the same type: null, absent or a value.</summary>
    public void AppendFrom(in Column source, int row)
    {
        if (source.Type != Type) throw Mismatch(source.Type.ToString());
        if (source.IsAbsent(row)) AppendAbsent();
        else if (source.IsNull(row)) AppendNull();
        else if (_width == 0) Append(source.Bytes(row).Span);
        else
        {
            source.Raw(row).CopyTo(Take(Type));
            EndValue();
        }
    }

    internal void Clear()
    {
        _values.ResetWrittenCount();
        _offsets?.ResetWrittenCount();
        (_nulls, _absents) = (null, null);
        Count = 0;
    }

    internal int WriteTo(Span<byte> target)
    {
        var at = 0;
        target[at++] = (byte)((_nulls is null ? 0 : Column.NullsFlag) | (_absents is null ? 0 : Column.AbsentFlag));
        at += WriteBitmap(_nulls, target[at..]);
        at += WriteBitmap(_absents, target[at..]);

        if (_offsets is not null)
        {
            BinaryPrimitives.WriteInt32LittleEndian(target[at..], 0);
            _offsets.WrittenSpan.CopyTo(target[(at + 4)..]);
            at += 4 + _offsets.WrittenCount;
        }

        _values.WrittenSpan.CopyTo(target[at..]);
        return at + _values.WrittenCount;
    }

    private int WriteBitmap(byte[]? bitmap, Span<byte> target)
    {
        if (bitmap is null) return 0;
        var bytes = Column.BitmapBytes(Count);
        var have = Math.Min(bytes, bitmap.Length);
        bitmap.AsSpan(0, have).CopyTo(target);
        target[have..bytes].Clear();
        return bytes;
    }

    private void Mark(ref byte[]? bitmap)
    {
        var index = Count >> 3;
        if (bitmap is null) bitmap = new byte[Math.Max(8, index + 1)];
        else if (bitmap.Length <= index) Array.Resize(ref bitmap, Math.Max(index + 1, bitmap.Length * 2));
        bitmap[index] |= (byte)(1 << (Count & 7));
    }

    private Span<byte> Take(ColumnType type)
    {
        if (Type != type) throw Mismatch(type.ToString());
        var span = _values.GetSpan(_width)[.._width];
        _values.Advance(_width);
        return span;
    }

    private void EndValue()
    {
        if (_offsets is not null)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_offsets.GetSpan(4), _values.WrittenCount);
            _offsets.Advance(4);
        }

        Count++;
    }

    private InvalidOperationException Mismatch(string given) => new($"Column {Name} holds {Type}; {given} was appended.");
}
