using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>What DuckDB's column types hold, and which of them the appender writes as they are.</summary>
internal static class DuckDbType
{
    /// <summary>The type of a column as the catalog names it. What has no counterpart is text, which DuckDB then casts.</summary>
    public static WarehouseType Of(string typeName) => typeName switch
    {
        "TINYINT" or "SMALLINT" or "UTINYINT" => WarehouseType.Int16,
        "INTEGER" or "USMALLINT" => WarehouseType.Int32,
        "BIGINT" or "UINTEGER" => WarehouseType.Int64,
        "FLOAT" => WarehouseType.Float32,
        "DOUBLE" => WarehouseType.Float64,
        "BOOLEAN" => WarehouseType.Boolean,
        "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => WarehouseType.Timestamp,
        "TIMESTAMP WITH TIME ZONE" => WarehouseType.TimestampTz,
        "DATE" => WarehouseType.Date,
        "UUID" => WarehouseType.Uuid,
        "BLOB" => WarehouseType.Bytes,
        "JSON" => WarehouseType.Json,
        _ when typeName.StartsWith("DECIMAL(", StringComparison.Ordinal) => WarehouseType.Decimal,
        _ => WarehouseType.Text,
    };

    /// <summary>True if the appender takes the wire type for this column: else DuckDB has to cast, and to refuse what does not fit.</summary>
    public static bool IsAppendable(WarehouseColumn column) => column.TypeName == Staged(column);

    /// <summary>The type of the column in a staging table, which takes the wire type as it is.</summary>
    public static string Staged(WarehouseColumn column) => column.Type switch
    {
        WarehouseType.Int16 => "SMALLINT",
        WarehouseType.Int32 => "INTEGER",
        WarehouseType.Int64 => "BIGINT",
        WarehouseType.Float32 => "FLOAT",
        WarehouseType.Float64 => "DOUBLE",
        WarehouseType.Decimal => column.TypeName,
        WarehouseType.Boolean => "BOOLEAN",
        WarehouseType.Timestamp => "TIMESTAMP",
        WarehouseType.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        WarehouseType.Date => "DATE",
        WarehouseType.Uuid => "UUID",
        WarehouseType.Bytes => "BLOB",
        WarehouseType.Json => "JSON",
        _ => "VARCHAR",
    };
}
