namespace Coordinator.Core.Warehouses;

/// <summary>The type of a warehouse column, as far as it decides which values fit.</summary>
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

    /// <summary>A time of day, to the microsecond. Its wire form is text: <c>HH:mm:ss[.ffffff]</c>.</summary>
    Time,

    /// <summary>A date and time, to the nanosecond. Its wire form is text: <c>yyyy-MM-dd HH:mm:ss[.fffffffff]</c>.</summary>
    TimestampNs,
}
