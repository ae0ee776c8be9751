using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Coordinator.Rows;

/// <summary>One column of a <see cref="RowBlock"/>: a view without a copy. Rows count from 0 here.</summary>
public readonly struct Column
{
    internal const byte NullsFlag = 1;
    internal const byte AbsentFlag = 2;

    private readonly byte[] _payload;
    private readonly int _nulls;
    private readonly int _absents;
    private readonly int _values;
    private readonly int _width;

    internal Column(byte[] payload, string name, ColumnType type, int widthBytes, int rowCount, int start)
    {
        _payload = payload;
        Name = name;
        Type = type;
        RowCount = rowCount;
        HasNulls = (payload[start] & NullsFlag) != 0;
        HasAbsent = (payload[start] & AbsentFlag) != 0;
        _nulls = start + 1;
        _absents = _nulls + (HasNulls ? BitmapBytes(rowCount) : 0);
        _values = _absents + (HasAbsent ? BitmapBytes(rowCount) : 0);
        _width = widthBytes;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of the values.</summary>
    public ColumnType Type { get; }

    /// <summary>The number of values, including nulls.</summary>
    public int RowCount { get; }

    /// <summary>Whether the column has a null bitmap.</summary>
    public bool HasNulls { get; }

    /// <summary>Whether the column has a bitmap of absent values.</summary>
    public bool HasAbsent { get; }

    /// <summary>Whether a value is null or absent. For a null the other readers return zero or an empty value.</summary>
    public bool IsNull(int row) => HasNulls && (_payload[_nulls + (row >> 3)] & (1 << (row & 7))) != 0;

    /// <summary>Whether the row does not have the column, so that the table's default applies. An absent value is also null here.</summary>
    public bool IsAbsent(int row) => HasAbsent && (_payload[_absents + (row >> 3)] & (1 << (row & 7))) != 0;

    /// <summary>A value of an <see cref="ColumnType.Int64"/> column.</summary>
    public long Int64(int row) => BinaryPrimitives.ReadInt64LittleEndian(Fixed(row, ColumnType.Int64));

    /// <summary>A value of a <see cref="ColumnType.Double"/> column.</summary>
    public double Double(int row) => BinaryPrimitives.ReadDoubleLittleEndian(Fixed(row, ColumnType.Double));

    /// <summary>A value of a <see cref="ColumnType.Decimal"/> column.</summary>
    public decimal Decimal(int row)
    {
        Span<int> bits = stackalloc int[4];
        var bytes = Fixed(row, ColumnType.Decimal);
        for (var i = 0; i < 4; i++) bits[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * 4)..]);
        return new decimal(bits);
    }

    /// <summary>A value of a <see cref="ColumnType.Boolean"/> column.</summary>
    public bool Boolean(int row) => Fixed(row, ColumnType.Boolean)[0] != 0;

    /// <summary>A value of a <see cref="ColumnType.Timestamp"/> column: kind unspecified.</summary>
    public DateTime Timestamp(int row) => new(BinaryPrimitives.ReadInt64LittleEndian(Fixed(row, ColumnType.Timestamp)), DateTimeKind.Unspecified);

    /// <summary>A value of a <see cref="ColumnType.TimestampTz"/> column: kind UTC.</summary>
    public DateTime TimestampTz(int row) => new(BinaryPrimitives.ReadInt64LittleEndian(Fixed(row, ColumnType.TimestampTz)), DateTimeKind.Utc);

    /// <summary>A value of a <see cref="ColumnType.Date"/> column.</summary>
    public DateOnly Date(int row) => DateOnly.FromDayNumber(BinaryPrimitives.ReadInt32LittleEndian(Fixed(row, ColumnType.Date)));

    /// <summary>A value of a <see cref="ColumnType.Uuid"/> column.</summary>
    public Guid Uuid(int row) => new(Fixed(row, ColumnType.Uuid), bigEndian: true);

    /// <summary>The bytes of a <see cref="ColumnType.Text"/>, <see cref="ColumnType.Json"/>, <see cref="ColumnType.Number"/> (all UTF-8) or
    /// <see cref="ColumnType.Bytes"/> value.</summary>
    public ReadOnlyMemory<byte> Bytes(int row)
    {
        if (_width != 0) throw new InvalidOperationException($"Column {Name} holds {Type}, not bytes.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
        var offsets = _payload.AsSpan(_values + row * 4);
        var start = BinaryPrimitives.ReadInt32LittleEndian(offsets);
        var end = BinaryPrimitives.ReadInt32LittleEndian(offsets[4..]);
        return _payload.AsMemory(_values + (RowCount + 1) * 4 + start, end - start);
    }

    /// <summary>The bytes of all values of a column of variable width in sequence, for checks of the whole column.</summary>
    public ReadOnlySpan<byte> AllBytes()
    {
        if (_width != 0) throw new InvalidOperationException($"Column {Name} holds {Type}, not bytes.");
        var offsets = _payload.AsSpan(_values);
        var start = BinaryPrimitives.ReadInt32LittleEndian(offsets);
        var end = BinaryPrimitives.ReadInt32LittleEndian(offsets[(RowCount * 4)..]);
        return _payload.AsSpan(_values + (RowCount + 1) * 4 + start, end - start);
    }

    /// <summary>A value of a <see cref="ColumnType.Text"/>, <see cref="ColumnType.Json"/> or <see cref="ColumnType.Number"/> column, as a
    /// string.</summary>
    public string Text(int row) => Encoding.UTF8.GetString(Bytes(row).Span);

    /// <summary>The bytes of a value of fixed width.</summary>
    internal ReadOnlySpan<byte> Raw(int row) => Fixed(row, Type);

    internal static int BitmapBytes(int rowCount) => (int)(((uint)rowCount + 7) / 8);

    /// <summary>The end of the column that starts at an offset. Throws if the column does not fit or its offsets decrease.</summary>
    internal static int End(byte[] payload, int start, int widthBytes, int rowCount)
    {
        long at = start + 1L;
        if (at > payload.Length) throw CutShort();
        if (payload[start] is not (0 or NullsFlag or (NullsFlag | AbsentFlag)))
            throw new InvalidRowsException("A row block's null flags are none that this version knows.");
        if ((payload[start] & NullsFlag) != 0) at += BitmapBytes(rowCount);
        if ((payload[start] & AbsentFlag) != 0) at += BitmapBytes(rowCount);
        if (widthBytes > 0) at += (long)rowCount * widthBytes;
        else
        {
            var offsetsBytes = (rowCount + 1L) * 4;
            if (at + offsetsBytes > payload.Length) throw CutShort();
            var offsets = MemoryMarshal.Cast<byte, int>(payload.AsSpan((int)at, (int)offsetsBytes));
            var previous = 0;
            foreach (var offset in offsets)
            {
                var value = BitConverter.IsLittleEndian ? offset : BinaryPrimitives.ReverseEndianness(offset);
                if (value < previous) throw new InvalidRowsException("A row block's offsets run backwards.");
                previous = value;
            }

            at += offsetsBytes + previous;
        }

        return at <= payload.Length ? (int)at : throw CutShort();
    }

    private static InvalidRowsException CutShort() => new("A row block is cut short.");

    private ReadOnlySpan<byte> Fixed(int row, ColumnType type)
    {
        if (Type != type) throw new InvalidOperationException($"Column {Name} holds {Type}, not {type}.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
        return _payload.AsSpan(_values + row * _width, _width);
    }
}
