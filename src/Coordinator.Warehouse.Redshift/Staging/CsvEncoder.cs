using System.Buffers.Text;
using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using Coordinator.Warehouse.Npgsql.Encoders;

namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>Writes rows as CSV that COPY reads with its default formats.</summary>
/// <remarks>
/// Dates are <c>YYYY-MM-DD</c>, instants <c>YYYY-MM-DD HH:MI:SS.ffffff+00</c>, VARBYTE is hexadecimal, SUPER is JSON:
/// https://docs.aws.amazon.com/redshift/latest/dg/r_DATEFORMAT_and_TIMEFORMAT_strings.html,
/// copy-usage-varbyte.html, copy_json.html. Texts are always quoted.
/// </remarks>
internal sealed class CsvEncoder(WarehouseType[] targets, string nullMarker) : RowBuffer(targets.Length)
{
    // The longest double or decimal, and a comma.
    private const int FixedBytes = 36;

    private readonly byte[] _null = System.Text.Encoding.ASCII.GetBytes(nullMarker);

    /// <summary>True once a text contained a line break: after that a line is not always a row.</summary>
    public bool HasLineBreaks { get; private set; }

    protected override int MostBytes(int row)
    {
        var bytes = targets.Length * Math.Max(FixedBytes, _null.Length + 1);
        for (var i = 0; i < targets.Length; i++)
        {
            if (Columns[i].Type == ColumnType.Number) bytes += Columns[i].Bytes(row).Length;
            else if (targets[i] is WarehouseType.Text or WarehouseType.Json or WarehouseType.Bytes) bytes += 2 * Columns[i].Bytes(row).Length;
        }

        return bytes;
    }

    protected override int WriteRow(int row, Span<byte> to)
    {
        var at = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            if (i > 0) to[at++] = (byte)',';
            at += Columns[i].IsNull(row) ? Copy(_null, to[at..]) : WriteValue(targets[i], Columns[i], row, to[at..]);
        }

        to[at++] = (byte)'\n';
        return at;
    }

    private int WriteValue(WarehouseType target, in Column column, int row, Span<byte> to)
    {
        int written;
        switch (target)
        {
            case WarehouseType.Int16 or WarehouseType.Int32 or WarehouseType.Int64:
                _ = Utf8Formatter.TryFormat(column.Int64(row), to, out written);
                return written;
            case WarehouseType.Float32:
                _ = ((float)column.Double(row)).TryFormat(to, out written, provider: CultureInfo.InvariantCulture);
                return written;
            case WarehouseType.Float64:
                _ = column.Double(row).TryFormat(to, out written, provider: CultureInfo.InvariantCulture);
                return written;
            case WarehouseType.Decimal when column.Type == ColumnType.Number:
                return Copy(column.Bytes(row).Span, to);
            case WarehouseType.Decimal:
                _ = column.Decimal(row).TryFormat(to, out written, provider: CultureInfo.InvariantCulture);
                return written;
            case WarehouseType.Boolean:
                to[0] = column.Boolean(row) ? (byte)'t' : (byte)'f';
                return 1;
            case WarehouseType.Timestamp:
                return WriteInstant(column.Timestamp(row), to);
            case WarehouseType.TimestampTz:
                written = WriteInstant(column.TimestampTz(row), to);
                return written + Copy("+00"u8, to[written..]);
            case WarehouseType.Date:
                _ = column.Date(row).TryFormat(to, out written, "O", CultureInfo.InvariantCulture);
                return written;
            case WarehouseType.Bytes:
                _ = Convert.TryToHexStringLower(column.Bytes(row).Span, to, out written);
                return written;
            case WarehouseType.Text or WarehouseType.Json:
                return WriteQuoted(column.Bytes(row).Span, to);
            default:
                throw new InvalidOperationException($"{target} has no form in CSV.");
        }
    }

    /// <summary>Cuts off the part below a microsecond, always towards the past.</summary>
    private static int WriteInstant(DateTime value, Span<byte> to)
    {
        const int Microseconds = 26;
        // yyyy-MM-ddTHH:mm:ss.fffffff: the only format with a fast path.
        _ = Utf8Formatter.TryFormat(DateTime.SpecifyKind(value, DateTimeKind.Unspecified), to, out _, 'O');
        to[10] = (byte)' ';
        return Microseconds;
    }

    private int WriteQuoted(ReadOnlySpan<byte> value, Span<byte> to)
    {
        HasLineBreaks |= value.IndexOfAny((byte)'\n', (byte)'\r') >= 0;
        var at = 0;
        to[at++] = (byte)'"';
        for (var quote = value.IndexOf((byte)'"'); quote >= 0; quote = value.IndexOf((byte)'"'))
        {
            at += Copy(value[..(quote + 1)], to[at..]);
            to[at++] = (byte)'"';
            value = value[(quote + 1)..];
        }

        at += Copy(value, to[at..]);
        to[at++] = (byte)'"';
        return at;
    }

    private static int Copy(ReadOnlySpan<byte> value, Span<byte> to)
    {
        value.CopyTo(to);
        return value.Length;
    }
}
