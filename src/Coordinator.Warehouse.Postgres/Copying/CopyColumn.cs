using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Postgres.Copying;

/// <summary>How the values of a column are encoded.</summary>
/// <param name="Type">The type of the target column.</param>
/// <param name="IsJsonb">jsonb begins with a version number; json is plain text.</param>
internal readonly record struct CopyColumn(WarehouseType Type, bool IsJsonb)
{
    public static CopyColumn Of(WarehouseColumn column) => new(column.Type, column is { Type: WarehouseType.Json, TypeName: "jsonb" });

    /// <summary>True for values whose size depends on the value.</summary>
    public bool IsVariable => Type is WarehouseType.Text or WarehouseType.Bytes or WarehouseType.Json;
}
