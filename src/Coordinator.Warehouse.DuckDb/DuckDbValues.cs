using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using Coordinator.Rows;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Appends values exactly as their type stores them, or fails.</summary>
internal static class DuckDbValues
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public static void TinyInt(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((sbyte?)checked((sbyte)value.Int64(row)));

    public static void SmallInt(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((short?)checked((short)value.Int64(row)));

    public static void Integer(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((int?)checked((int)value.Int64(row)));

    public static void BigInt(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((long?)value.Int64(row));

    public static void UTinyInt(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((byte?)checked((byte)value.Int64(row)));

    public static void USmallInt(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue((ushort?)checked((ushort)value.Int64(row)));

    public static void UInteger(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((uint?)checked((uint)value.Int64(row)));

    public static void UBigInt(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue((ulong?)(value.Type == ColumnType.Decimal
            ? (ulong)value.Decimal(row)
            : ulong.Parse(value.Bytes(row).Span, NumberStyles.None, CultureInfo.InvariantCulture)));

    public static void HugeInt(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue((BigInteger?)(value.Type == ColumnType.Decimal
            ? new BigInteger(value.Decimal(row))
            : BigInteger.Parse(value.Text(row), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)));

    /// <summary>A decimal, or a number with as many digits as <see cref="decimal"/> can always hold.</summary>
    public static void Decimal(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue((decimal?)(value.Type == ColumnType.Decimal
            ? value.Decimal(row)
            : decimal.Parse(value.Bytes(row).Span, Number, CultureInfo.InvariantCulture)));

    public static void Float(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((float?)value.Double(row));

    public static void Double(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((double?)value.Double(row));

    public static void Boolean(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((bool?)value.Boolean(row));

    public static void Bytes(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue(value.Bytes(row).ToArray());

    public static void Uuid(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((Guid?)value.Uuid(row));

    public static void Date(IDuckDBAppenderRow target, in Column value, int row) => target.AppendValue((DateOnly?)value.Date(row));

    public static void Time(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue((DuckDBTimeOnly?)TimeOf(value.Bytes(row).Span));

    /// <summary>To the microsecond. The rest is cut off towards the past.</summary>
    public static void Timestamp(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue((DateTime?)Cut(value.Timestamp(row), TimeSpan.TicksPerMicrosecond));

    /// <summary>To the second, cut off here because DuckDB rounds.</summary>
    public static void TimestampSeconds(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue((DateTime?)Cut(value.Timestamp(row), TimeSpan.TicksPerSecond));

    /// <summary>To the millisecond, cut off here because DuckDB rounds.</summary>
    public static void TimestampMilliseconds(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue((DateTime?)Cut(value.Timestamp(row), TimeSpan.TicksPerMillisecond));

    public static void TimestampTz(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue((DateTimeOffset?)new DateTimeOffset(Cut(value.TimestampTz(row), TimeSpan.TicksPerMicrosecond)));

    /// <summary>Text, JSON, and text to cast. A decimal from another client is text there too.</summary>
    public static void Text(IDuckDBAppenderRow target, in Column value, int row) =>
        target.AppendValue(value.Type == ColumnType.Decimal ? value.Decimal(row).ToString(CultureInfo.InvariantCulture) : value.Text(row));

    /// <summary>Ticks count from the year 1, so cutting them off always gives an earlier time.</summary>
    private static DateTime Cut(DateTime value, long unit) => new(value.Ticks - value.Ticks % unit, value.Kind);

    /// <summary>Parses <c>HH:mm:ss[.ffffff]</c>. DuckDB's day ends at 24:00:00.</summary>
    private static DuckDBTimeOnly TimeOf(ReadOnlySpan<byte> text)
    {
        if (text.Length is not 8 and (< 10 or > 15) || text[2] != ':' || text[5] != ':' || (text.Length > 8 && text[8] != '.')) throw NoTime();
        int hour = Digits(text[..2]), minute = Digits(text[3..5]), second = Digits(text[6..8]);
        var microsecond = 0;
        if (text.Length > 8)
        {
            microsecond = Digits(text[9..]);
            for (var digit = text.Length; digit < 15; digit++) microsecond *= 10;
        }

        if (minute > 59 || second > 59 || hour > 24 || (hour == 24 && minute + second + microsecond > 0)) throw NoTime();
        return new DuckDBTimeOnly((byte)hour, (byte)minute, (byte)second, microsecond);
    }

    private static int Digits(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out uint number, out var read) && read == text.Length && text[0] is >= (byte)'0' and <= (byte)'9'
            ? (int)number
            : throw NoTime();

    private static FormatException NoTime() => new("The text is no time of day.");
}
