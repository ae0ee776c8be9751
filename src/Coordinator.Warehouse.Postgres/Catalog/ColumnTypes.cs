using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Postgres.Catalog;

/// <summary>Maps PostgreSQL's types to the coordinator's.</summary>
internal static class ColumnTypes
{
    private const int ModifierHeader = 4;

    private static readonly Dictionary<string, WarehouseType> Types = new(StringComparer.Ordinal)
    {
        ["int2"] = WarehouseType.Int16,
        ["int4"] = WarehouseType.Int32,
        ["int8"] = WarehouseType.Int64,
        ["float4"] = WarehouseType.Float32,
        ["float8"] = WarehouseType.Float64,
        ["numeric"] = WarehouseType.Decimal,
        ["text"] = WarehouseType.Text,
        ["varchar"] = WarehouseType.Text,
        ["bpchar"] = WarehouseType.Text,
        ["name"] = WarehouseType.Text,
        ["citext"] = WarehouseType.Text,
        ["bool"] = WarehouseType.Boolean,
        ["timestamp"] = WarehouseType.Timestamp,
        ["timestamptz"] = WarehouseType.TimestampTz,
        ["date"] = WarehouseType.Date,
        ["uuid"] = WarehouseType.Uuid,
        ["bytea"] = WarehouseType.Bytes,
        ["json"] = WarehouseType.Json,
        ["jsonb"] = WarehouseType.Json,
    };

    public static WarehouseColumn Map(CatalogColumn column)
    {
        // An enum's binary form is its label.
        var isKnown = Types.TryGetValue(column.BaseType, out var type);
        if (!isKnown) type = WarehouseType.Text;
        var mapped = new WarehouseColumn
        {
            Name = column.Name,
            Type = type,
            TypeName = column.TypeName,
            IsNullable = !column.IsNotNull,
            HasDefault = column.HasDefault,
            Unwritable = column.IsGenerated ? "is generated always"
                : isKnown || column.IsEnum ? null
                : $"has type {column.TypeName}, which is not supported; supported are {string.Join(", ", Types.Keys)} and enums",
        };
        return column.BaseType switch
        {
            "name" => mapped with { MaxLength = 63, LengthUnit = LengthUnit.Bytes },
            "varchar" or "bpchar" when column.Modifier >= 0 => mapped with { MaxLength = column.Modifier - ModifierHeader },
            "numeric" when column.Modifier >= 0 =>
                mapped with { Precision = (column.Modifier - ModifierHeader) >> 16, Scale = Scale(column.Modifier) },
            // PostgreSQL would round: 23:59:59.9999 becomes the next day.
            "timestamp" or "timestamptz" when column.Modifier >= 0 => mapped with { Scale = column.Modifier },
            _ => mapped,
        };
    }

    /// <summary>The low eleven bits, signed since PostgreSQL 15.</summary>
    private static int Scale(int modifier) => (((modifier - ModifierHeader) & 0x7FF) ^ 0x400) - 0x400;
}
