using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Postgres.Copying;

/// <summary>How a column's values are written.</summary>
/// <param name="Type">What the target holds.</param>
/// <param name="IsJsonb">jsonb has a version number in front; json is bare text.</param>
internal readonly record struct CopyColumn(WarehouseType Type, bool IsJsonb)
{
    public static CopyColumn Of(WarehouseColumn column) => new(column.Type, column is { Type: WarehouseType.Json, TypeName: "jsonb" });

    /// <summary>True for values whose size only the value tells.</summary>
    public bool IsVariable => Type is WarehouseType.Text or WarehouseType.Bytes or WarehouseType.Json;
}
