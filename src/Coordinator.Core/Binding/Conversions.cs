using Coordinator.Rows;
using static Coordinator.Rows.ColumnType;

namespace Coordinator.Core.Binding;

/// <summary>What converts to what.</summary>
internal static class Conversions
{
    private static readonly Dictionary<ColumnType, Conversion> ByTarget = new()
    {
        [ColumnType.Int64] = new(ToInt64.Convert, ColumnType.Int64, ColumnType.Double, ColumnType.Decimal, Text, Json),
        [ColumnType.Double] = new(ToDouble.Convert, ColumnType.Double, ColumnType.Int64, ColumnType.Decimal, Text, Json),
        [ColumnType.Decimal] = new(ToDecimal.Convert, ColumnType.Decimal, ColumnType.Int64, ColumnType.Double, Text, Json),
        [Text] = new(ToText.Convert, Text, Json, ColumnType.Int64, ColumnType.Double, ColumnType.Decimal, ColumnType.Boolean, Timestamp, TimestampTz, Date, Uuid),
        [ColumnType.Boolean] = new(ToBoolean.Convert, ColumnType.Boolean, Text, Json),
        [Timestamp] = new(ToTimestamp.Convert, Timestamp, TimestampTz, Date, Text, Json),
        [TimestampTz] = new(ToTimestamp.Convert, TimestampTz, Timestamp, Date, Text, Json),
        [Date] = new(ToDate.Convert, Date, Timestamp, Text, Json),
        [Uuid] = new(ToUuid.Convert, Uuid, Text, Json),
        [Bytes] = new(ToBytes.Convert, Bytes, Text, Json),
        [Json] = new(ToJson.Convert, Json, Text, ColumnType.Int64, ColumnType.Double, ColumnType.Decimal, ColumnType.Boolean),
    };

    public static Conversion To(ColumnType target) => ByTarget[target];
}
