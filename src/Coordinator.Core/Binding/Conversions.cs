using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using static Coordinator.Rows.ColumnType;

namespace Coordinator.Core.Binding;

/// <summary>The supported conversions.</summary>
internal static class Conversions
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

    public static Conversion To(WarehouseType target) => ByTarget[target];
}
