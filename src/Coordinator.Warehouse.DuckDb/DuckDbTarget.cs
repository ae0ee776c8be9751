using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>A column that is written, and how.</summary>
/// <param name="Column">The column.</param>
/// <param name="Append">How a value is appended.</param>
/// <param name="IsCast">True if text is appended to a staging table, and DuckDB casts it from there.</param>
internal sealed record DuckDbTarget(WarehouseColumn Column, DuckDbAppend Append, bool IsCast)
{
    /// <summary>The first timestamp of nanoseconds that DuckDB reads as well as it writes it: the day begins before its smallest value.</summary>
    private const string FirstNanoseconds = "TIMESTAMP_NS '1677-09-22'";

    /// <summary>The column's name in SQL.</summary>
    public string Name => DuckDbSql.Quote(Column.Name);

    /// <summary>The type of the column in a staging table.</summary>
    public string Staged => IsCast ? "VARCHAR" : Column.TypeName;

    /// <summary>What is true of staged text that the column cannot hold.</summary>
    public string IsMisfit => Column.Type == WarehouseType.TimestampNs ? $"({Tried} IS NULL OR {Tried} < {FirstNanoseconds})" : $"{Tried} IS NULL";

    private string Tried => $"TRY_CAST({Name} AS {Column.TypeName})";

    /// <summary>How values of these wire types get into a column. Blocks of one group may differ in how they carry decimals.</summary>
    public static DuckDbTarget Of(WarehouseColumn column, IEnumerable<ColumnType> wires)
    {
        var type = DuckDbType.Of(column.TypeName);
        if (type is null || column.Unwritable is not null)
        {
            var why = column.Unwritable ?? $"has type {column.TypeName}";
            throw new WarehouseException(FailureKind.Rejected, $"Column {column.Name} cannot be written: it {why}.") { Column = column.Name };
        }

        return wires.Select(type.AppendOf).Contains(null) ? new(column, DuckDbValues.Text, IsCast: true) : new(column, type.Append!, IsCast: false);
    }

    /// <summary>The failure of a value that does not fit.</summary>
    public WarehouseException Misfit(long row, Exception? cause = null) =>
        new(FailureKind.Rejected, $"The value does not fit {Column.TypeName}.", cause) { Column = Column.Name, Row = row };
}
