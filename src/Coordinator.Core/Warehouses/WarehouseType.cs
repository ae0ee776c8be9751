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
}
