using System.Collections.Concurrent;
using System.Numerics;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Core.Warehouses;

/// <summary>One column of a target table.</summary>
public sealed record WarehouseColumn
{
    private const int MaxShared = 4096;

    private static readonly ConcurrentDictionary<WarehouseColumn, WarehouseColumn> Known = new();

    /// <summary>The exact name, without quotes.</summary>
    public required string Name
    {
        get;
        init => (field, SqlName) = (value, IdentifierText.QuoteAlways(value));
    }

    /// <summary>The name in SQL, in quotes.</summary>
    public string SqlName { get; private init; } = "";

    /// <summary>The type of its values.</summary>
    public required WarehouseType Type { get; init; }

    /// <summary>The type in the warehouse's spelling, for messages: <c>numeric(10,2)</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>False for NOT NULL.</summary>
    public bool IsNullable { get; init; } = true;

    /// <summary>True if rows may omit the column although it is NOT NULL.</summary>
    public bool HasDefault { get; init; }

    /// <summary>Why the column cannot be written, as the end of a sentence ("is generated always"); null for writable columns.</summary>
    public string? Unwritable { get; init; }

    /// <summary>The maximum length of a text, in <see cref="LengthUnit"/>; null for no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The unit of <see cref="MaxLength"/>: characters in PostgreSQL, bytes in Redshift.</summary>
    public LengthUnit LengthUnit { get; init; }

    /// <summary>True for a text that takes characters of one byte only: CHAR in Redshift.</summary>
    public bool IsSingleByte { get; init; }

    /// <summary>The total digits of a decimal; null for no limit.</summary>
    public int? Precision { get; init; }

    /// <summary>The fractional digits of a decimal, or of the seconds of a time; null for a time in the type's own precision.</summary>
    public int? Scale { get; init; }

    /// <summary>The smallest integer that fits, if it differs from <see cref="Type"/>'s limit; else null.</summary>
    public BigInteger? Minimum { get; init; }

    /// <summary>The largest integer that fits, if it differs from <see cref="Type"/>'s limit; else null.</summary>
    public BigInteger? Maximum { get; init; }

    /// <summary>The limits of an integer column of 64 bits or less.</summary>
    public (long Minimum, long Maximum) Int64Range
    {
        get
        {
            var (minimum, maximum) = Type switch
            {
                WarehouseType.Int16 => (short.MinValue, short.MaxValue),
                WarehouseType.Int32 => (int.MinValue, int.MaxValue),
                _ => (long.MinValue, long.MaxValue),
            };
            if (Minimum is { } least && least > minimum) minimum = (long)BigInteger.Min(least, long.MaxValue);
            if (Maximum is { } most && most < maximum) maximum = (long)BigInteger.Max(most, long.MinValue);
            return (minimum, maximum);
        }
    }

    /// <summary>The row block type that is written without conversion. For decimals adapters also accept <see cref="ColumnType.Decimal"/>, which
    /// is faster.</summary>
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

    /// <summary>The object that equal columns of all tables share, as long as there are not too many.</summary>
    public WarehouseColumn Shared()
    {
        if (Known.TryGetValue(this, out var known)) return known;
        return Known.Count < MaxShared ? Known.GetOrAdd(this, this) : this;
    }
}
