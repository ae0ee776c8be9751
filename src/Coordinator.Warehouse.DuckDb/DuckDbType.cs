using System.Globalization;
using System.Numerics;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>The coordinator's view of a DuckDB type.</summary>
/// <remarks>Lists, structs, maps, unions, BIGNUM, VARIANT and GEOMETRY are unsupported on purpose: DuckDB's cast from text rounds ([1.5] into
/// INTEGER[] is [2]), reads no escapes ("\u00e9" is u00e9) or stores the text unchanged.</remarks>
/// <param name="Type">The kind of values.</param>
/// <param name="Append">Appends a value; null if DuckDB casts it from text.</param>
internal sealed record DuckDbType(WarehouseType Type, DuckDbAppend? Append = null)
{
    private const string DecimalPrefix = "DECIMAL(";
    private const string EnumPrefix = "ENUM(";

    /// <summary>The number of digits that <see cref="decimal"/> can always hold.</summary>
    private const int ClrDigits = 28;

    private static readonly DuckDbType Cast = new(WarehouseType.Text);

    private static readonly Dictionary<string, DuckDbType> ByName = new(StringComparer.Ordinal)
    {
        ["TINYINT"] = new(WarehouseType.Int16, DuckDbValues.TinyInt) { Minimum = sbyte.MinValue, Maximum = sbyte.MaxValue },
        ["SMALLINT"] = new(WarehouseType.Int16, DuckDbValues.SmallInt),
        ["INTEGER"] = new(WarehouseType.Int32, DuckDbValues.Integer),
        ["BIGINT"] = new(WarehouseType.Int64, DuckDbValues.BigInt),
        ["HUGEINT"] = Whole(DuckDbValues.HugeInt, (BigInteger)Int128.MinValue, (BigInteger)Int128.MaxValue),
        ["UTINYINT"] = new(WarehouseType.Int16, DuckDbValues.UTinyInt) { Minimum = byte.MinValue, Maximum = byte.MaxValue },
        ["USMALLINT"] = new(WarehouseType.Int32, DuckDbValues.USmallInt) { Minimum = ushort.MinValue, Maximum = ushort.MaxValue },
        ["UINTEGER"] = new(WarehouseType.Int64, DuckDbValues.UInteger) { Minimum = uint.MinValue, Maximum = uint.MaxValue },
        ["UBIGINT"] = Whole(DuckDbValues.UBigInt, ulong.MinValue, ulong.MaxValue),
        ["UHUGEINT"] = Whole(DuckDbValues.HugeInt, (BigInteger)UInt128.MinValue, (BigInteger)UInt128.MaxValue),
        ["FLOAT"] = new(WarehouseType.Float32, DuckDbValues.Float),
        ["DOUBLE"] = new(WarehouseType.Float64, DuckDbValues.Double),
        ["BOOLEAN"] = new(WarehouseType.Boolean, DuckDbValues.Boolean),
        ["VARCHAR"] = new(WarehouseType.Text, DuckDbValues.Text),
        ["JSON"] = new(WarehouseType.Json, DuckDbValues.Text),
        ["BLOB"] = new(WarehouseType.Bytes, DuckDbValues.Bytes),
        ["UUID"] = new(WarehouseType.Uuid, DuckDbValues.Uuid),
        ["DATE"] = new(WarehouseType.Date, DuckDbValues.Date),
        ["TIME"] = new(WarehouseType.Time, DuckDbValues.Time),
        ["TIMESTAMP"] = new(WarehouseType.Timestamp, DuckDbValues.Timestamp),
        ["TIMESTAMP_S"] = new(WarehouseType.Timestamp, DuckDbValues.TimestampSeconds),
        ["TIMESTAMP_MS"] = new(WarehouseType.Timestamp, DuckDbValues.TimestampMilliseconds),
        ["TIMESTAMP_NS"] = new(WarehouseType.TimestampNs),
        ["TIMESTAMP WITH TIME ZONE"] = new(WarehouseType.TimestampTz, DuckDbValues.TimestampTz),
        ["TIME WITH TIME ZONE"] = Cast,
        ["INTERVAL"] = Cast,
        ["BIT"] = Cast,
    };

    /// <summary>The supported types, for messages.</summary>
    public static string Supported { get; } = $"{string.Join(", ", ByName.Keys)}, DECIMAL and ENUM";

    /// <summary>The total digits of a decimal.</summary>
    public int? Precision { get; private init; }

    /// <summary>The fractional digits of a decimal.</summary>
    public int? Scale { get; private init; }

    /// <summary>The smallest integer.</summary>
    public BigInteger? Minimum { get; private init; }

    /// <summary>The largest integer.</summary>
    public BigInteger? Maximum { get; private init; }

    /// <summary>The type for a name from the catalog; null for a type that cannot be written exactly.</summary>
    public static DuckDbType? Of(string typeName)
    {
        if (ByName.TryGetValue(typeName, out var known)) return known;
        if (typeName.EndsWith(']')) return null;
        if (typeName.StartsWith(EnumPrefix, StringComparison.Ordinal)) return Cast;
        return typeName.StartsWith(DecimalPrefix, StringComparison.Ordinal) ? Decimal(typeName) : null;
    }

    /// <summary>Appends values of a wire type; null if DuckDB casts them from text.</summary>
    public DuckDbAppend? AppendOf(ColumnType wire) => wire == ColumnType.Number && Minimum is null && Precision > ClrDigits ? null : Append;

    private static DuckDbType Decimal(string typeName)
    {
        var digits = typeName.AsSpan(DecimalPrefix.Length).TrimEnd(')');
        var comma = digits.IndexOf(',');
        var precision = int.Parse(digits[..comma], CultureInfo.InvariantCulture);
        var scale = int.Parse(digits[(comma + 1)..], CultureInfo.InvariantCulture);
        return new(WarehouseType.Decimal, DuckDbValues.Decimal) { Precision = precision, Scale = scale };
    }

    private static DuckDbType Whole(DuckDbAppend append, BigInteger minimum, BigInteger maximum) => new(WarehouseType.Decimal, append)
    {
        Precision = maximum.ToString(CultureInfo.InvariantCulture).Length,
        Scale = 0,
        Minimum = minimum,
        Maximum = maximum,
    };
}
