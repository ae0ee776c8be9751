using System.Numerics;
using Coordinator.Rows;

namespace Coordinator.Core.Warehouses;

/// <summary>One column of a target table.</summary>
public sealed record WarehouseColumn
{
    /// <summary>The exact name, without quotes.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required WarehouseType Type { get; init; }

    /// <summary>The type as the warehouse writes it, for messages: <c>numeric(10,2)</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>False for NOT NULL.</summary>
    public bool IsNullable { get; init; } = true;

    /// <summary>True if leaving the column out is no mistake although it is NOT NULL.</summary>
    public bool HasDefault { get; init; }

    /// <summary>Why nothing can be written here, as a sentence's end ("is generated always"); null for columns that can be written.</summary>
    public string? Unwritable { get; init; }

    /// <summary>The longest text, counted as <see cref="LengthUnit"/> says; null for no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What <see cref="MaxLength"/> counts: characters in PostgreSQL, bytes in Redshift.</summary>
    public LengthUnit LengthUnit { get; init; }

    /// <summary>All digits of a decimal; null for no limit.</summary>
    public int? Precision { get; init; }

    /// <summary>Digits after the point of a decimal, or of the seconds of a time; null for a time of the type's own precision.</summary>
    public int? Scale { get; init; }

    /// <summary>The smallest whole number that fits, where the type does not say: null for the limits of <see cref="Type"/>.</summary>
    public BigInteger? Minimum { get; init; }

    /// <summary>The largest whole number that fits, where the type does not say: null for the limits of <see cref="Type"/>.</summary>
    public BigInteger? Maximum { get; init; }

    /// <summary>
    /// The type that a row block's column must have to be written without conversion. Adapters write <see cref="ColumnType.Decimal"/> into decimals as well, which is faster.
    /// </summary>
    public ColumnType WireType => Type switch
    {
        WarehouseType.Int16 or WarehouseType.Int32 or WarehouseType.Int64 => ColumnType.Int64,
        WarehouseType.Float32 or WarehouseType.Float64 => ColumnType.Double,
        WarehouseType.Decimal => ColumnType.Number,
        WarehouseType.Text or WarehouseType.Time or WarehouseType.TimestampNs => ColumnType.Text,
        WarehouseType.Boolean => ColumnType.Boolean,
        WarehouseType.Timestamp => ColumnType.Timestamp,
        WarehouseType.TimestampTz => ColumnType.TimestampTz,
        WarehouseType.Date => ColumnType.Date,
        WarehouseType.Uuid => ColumnType.Uuid,
        WarehouseType.Bytes => ColumnType.Bytes,
        WarehouseType.Json => ColumnType.Json,
        _ => throw new InvalidOperationException($"{Type} has no wire type."),
    };
}
