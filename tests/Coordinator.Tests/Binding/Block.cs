using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Tests.Binding;

/// <summary>Blocks and tables with one column, c.</summary>
internal static class Block
{
    public static RowBlock Of(ColumnType type, params object?[] values)
    {
        var rows = new RowBlockBuilder(new RowSchema(("c", type)));
        foreach (var value in values) Append(rows[0], value);
        return rows.Build();
    }

    public static WarehouseColumn Target(WarehouseType type) => new() { Name = "c", Type = type, TypeName = type.ToString().ToLowerInvariant() };

    public static TableSchema Table(WarehouseType type) => Table(Target(type));

    public static TableSchema Table(WarehouseColumn column) => new(Some.Table, [column]);

    public static Column Only(RowBlock rows) => rows.Column(0);

    /// <summary>A value as invariant text, or null.</summary>
    public static string? Show(Column column, int row = 0) => column.IsNull(row) ? null : column.Type switch
    {
        ColumnType.Int64 => column.Int64(row).ToString(CultureInfo.InvariantCulture),
        ColumnType.Double => column.Double(row).ToString("R", CultureInfo.InvariantCulture),
        ColumnType.Decimal => column.Decimal(row).ToString(CultureInfo.InvariantCulture),
        ColumnType.Boolean => column.Boolean(row) ? "true" : "false",
        ColumnType.Timestamp => column.Timestamp(row).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        ColumnType.TimestampTz => column.TimestampTz(row).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        ColumnType.Date => column.Date(row).ToString("O", CultureInfo.InvariantCulture),
        ColumnType.Uuid => column.Uuid(row).ToString(),
        ColumnType.Bytes => Convert.ToHexStringLower(column.Bytes(row).Span),
        _ => column.Text(row),
    };

    private static void Append(ColumnBuilder column, object? value)
    {
        switch (value)
        {
            case null: column.AppendNull(); break;
            case long number: column.Append(number); break;
            case double number: column.Append(number); break;
            case decimal number: column.Append(number); break;
            case string text: column.Append(text); break;
            case bool flag: column.Append(flag); break;
            case DateTime time when column.Type == ColumnType.TimestampTz: column.Append(new DateTimeOffset(time.Ticks, TimeSpan.Zero)); break;
            case DateTime time: column.AppendTimestamp(time); break;
            case DateOnly date: column.Append(date); break;
            case Guid uuid: column.Append(uuid); break;
            case byte[] bytes: column.Append(bytes); break;
            default: throw new NotSupportedException($"{value.GetType()} has no column.");
        }
    }
}
