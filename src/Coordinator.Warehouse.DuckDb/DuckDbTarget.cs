using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>A target column, and how values are written to it.</summary>
/// <param name="Column">The column.</param>
/// <param name="Append">Appends a value.</param>
/// <param name="IsCast">True if text goes to a staging table, and DuckDB casts it from there.</param>
internal sealed record DuckDbTarget(WarehouseColumn Column, DuckDbAppend Append, bool IsCast)
{
    /// <summary>The first nanosecond timestamp that DuckDB reads as it was written: the day of its smallest value begins before that
    /// value.</summary>
    private const string FirstNanoseconds = "TIMESTAMP_NS '1677-09-22'";

    /// <summary>The column's name in SQL.</summary>
    public string Name => DuckDbSql.Quote(Column.Name);

    /// <summary>The type of the column in a staging table.</summary>
    public string Staged => IsCast ? "VARCHAR" : Column.TypeName;

    /// <summary>A condition that is true for staged text that does not fit the column.</summary>
    public string IsMisfit => Column.Type == WarehouseType.TimestampNs ? $"({Tried} IS NULL OR {Tried} < {FirstNanoseconds})" : $"{Tried} IS NULL";

    private string Tried => $"TRY_CAST({Name} AS {Column.TypeName})";

    /// <summary>How values of these wire types are written to a column. Blocks of one group may use different wire types for decimals.</summary>
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
    public WarehouseException Misfit((IntentId Intent, long Row)? at, Exception? cause = null) =>
        new WarehouseException(FailureKind.Rejected, $"The value does not fit {Column.TypeName}.", cause) { Column = Column.Name, IsOfRow = true }
            .InRow(at);
}
