namespace Coordinator.Core.Warehouses;

/// <summary>What a warehouse column can hold, as far as it decides what fits.</summary>
public enum WarehouseType
{
    Int16,
    Int32,
    Int64,
    Float32,
    Float64,
    Decimal,
    Text,
    Boolean,
    Timestamp,
    TimestampTz,
    Date,
    Uuid,
    Bytes,
    Json,

    /// <summary>A time of day, to the microsecond. It travels as text: <c>HH:mm:ss[.ffffff]</c>.</summary>
    Time,

    /// <summary>A date and time to the nanosecond. It travels as text: <c>yyyy-MM-dd HH:mm:ss[.fffffffff]</c>.</summary>
    TimestampNs,
}
