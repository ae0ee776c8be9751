using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using static Coordinator.Rows.ColumnType;

namespace Coordinator.Core.Binding;

/// <summary>The conversion of values to columns of one type, and the supported source types.</summary>
internal sealed record Conversion(Conversion.Converter Convert, params IReadOnlyList<ColumnType> Sources)
{
    private static readonly Conversion Whole = new(ToInt64.Convert, ColumnType.Int64, ColumnType.Double, ColumnType.Decimal, Number, Text, Json);
    private static readonly Conversion Real = new(ToDouble.Convert, ColumnType.Double, ColumnType.Int64, ColumnType.Decimal, Number, Text, Json);

    private static readonly Dictionary<WarehouseType, Conversion> ByTarget = new()
    {
        [WarehouseType.Int16] = Whole,
        [WarehouseType.Int32] = Whole,
        [WarehouseType.Int64] = Whole,
        [WarehouseType.Float32] = Real,
        [WarehouseType.Float64] = Real,
        [WarehouseType.Decimal] = new(ToDecimal.Convert, ColumnType.Decimal, Number, ColumnType.Int64, ColumnType.Double, Text, Json),
        [WarehouseType.Text] = new(ToText.Convert, Text, Json, ColumnType.Int64, ColumnType.Double, ColumnType.Decimal, Number,
            ColumnType.Boolean, Timestamp, TimestampTz, Date, Uuid),
        [WarehouseType.Boolean] = new(ToBoolean.Convert, ColumnType.Boolean, Text, Json),
        [WarehouseType.Timestamp] = new(ToTimestamp.Convert, Timestamp, TimestampTz, Date, Text, Json),
        [WarehouseType.TimestampTz] = new(ToTimestamp.Convert, TimestampTz, Timestamp, Date, Text, Json),
        [WarehouseType.TimestampNs] = new(ToTimestampNs.Convert, Timestamp, TimestampTz, Date, Text, Json),
        [WarehouseType.Date] = new(ToDate.Convert, Date, Timestamp, Text, Json),
        [WarehouseType.Time] = new(ToTime.Convert, Text, Json),
        [WarehouseType.Uuid] = new(ToUuid.Convert, Uuid, Text, Json),
        [WarehouseType.Bytes] = new(ToBytes.Convert, Bytes, Text, Json),
        [WarehouseType.Json] = new(ToJson.Convert, Json, Text, ColumnType.Int64, ColumnType.Double, ColumnType.Decimal, Number, ColumnType.Boolean),
    };

    private readonly uint _sources = Sources.Aggregate(0U, static (bits, type) => bits | (1U << (int)type));

    /// <summary>Appends one value, which is not null, to a column of the target's wire type.</summary>
    /// <param name="source">The column with the value.</param>
    /// <param name="row">The index of the row, from 0.</param>
    /// <param name="text">The bytes of a value of variable width, with a JSON scalar already unwrapped; else empty.</param>
    /// <param name="target">The target column.</param>
    /// <param name="into">Receives the value.</param>
    /// <returns>Null, or what would have fitted ("expected a whole number"); then nothing was appended.</returns>
    public delegate string? Converter(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into);

    public static Conversion To(WarehouseType target) => ByTarget[target];

    /// <summary>True if values of the source type can be converted.</summary>
    public bool Takes(ColumnType source) => (_sources & (1U << (int)source)) != 0;
}
