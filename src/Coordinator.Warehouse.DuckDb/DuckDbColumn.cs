using Coordinator.Core.Warehouses;
using DuckDB.NET.Data;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>A column in the catalog.</summary>
/// <param name="Name">The exact name.</param>
/// <param name="TypeName">The type in DuckDB's spelling, with aliases resolved: <c>DECIMAL(10,2)</c>, <c>ENUM('a', 'b')</c>.</param>
/// <param name="IsNotNull">True for NOT NULL and for members of the primary key.</param>
/// <param name="Default">The default or the generating expression, or null.</param>
internal sealed record DuckDbColumn(string Name, string TypeName, bool IsNotNull, string? Default)
{
    /// <summary>The reason in <see cref="WarehouseColumn.Unwritable"/> for a generated column.</summary>
    public const string Generated = "is generated always";

    /// <summary>True for a generated column, which the table does not store.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>The column as one line of a fingerprint.</summary>
    public string Definition => $"{DuckDbSql.Quote(Name)} {TypeName}{(IsNotNull ? " NOT NULL" : "")}{Expression}";

    private string Expression => Default is null ? "" : $" {(IsGenerated ? "GENERATED" : "DEFAULT")} {Default}";

    public static DuckDbColumn Read(DuckDBDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.IsDBNull(3) ? null : reader.GetString(3));

    public WarehouseColumn ToWarehouse()
    {
        var type = DuckDbType.Of(TypeName);
        return new WarehouseColumn
        {
            Name = Name,
            Type = type?.Type ?? WarehouseType.Text,
            TypeName = TypeName,
            IsNullable = !IsNotNull,
            HasDefault = Default is not (null or "NULL"),
            Unwritable = IsGenerated ? Generated
                : type is null ? $"has type {TypeName}, which is not supported; supported are {DuckDbType.Supported}"
                : null,
            Precision = type?.Precision,
            Scale = type?.Scale,
            Minimum = type?.Minimum,
            Maximum = type?.Maximum,
        };
    }
}
