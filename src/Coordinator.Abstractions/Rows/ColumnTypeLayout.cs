namespace Coordinator.Rows;

/// <summary>The width of each type within a block.</summary>
internal static class ColumnTypeLayout
{
    /// <summary>The width of a value in bytes, or 0 for values of variable length.</summary>
    public static int WidthBytes(ColumnType type) => type switch
    {
        ColumnType.Boolean => 1,
        ColumnType.Date => 4,
        ColumnType.Int64 or ColumnType.Double or ColumnType.Timestamp or ColumnType.TimestampTz => 8,
        ColumnType.Decimal or ColumnType.Uuid => 16,
        ColumnType.Text or ColumnType.Bytes or ColumnType.Json or ColumnType.Number => 0,
        _ => throw new InvalidRowsException($"Column type {(byte)type} is not known to this version."),
    };
}
