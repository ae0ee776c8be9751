using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Compares the columns of a block with those of a table before any value is read.</summary>
internal static class ColumnMatch
{
    /// <summary>The columns that cannot be written, each with the first row that has it: 0 if every row has it.</summary>
    public static List<RowError> Errors(RowBlock rows, TableSchema table)
    {
        var errors = new List<RowError>();
        for (var i = 0; i < rows.Schema.Count; i++)
        {
            if (Find(rows.Schema, i, table) is not null) continue;
            if (FirstRow(rows.Column(i)) is { } row)
                errors.Add(new RowError(row, rows.Schema.Names[i], Reason(rows.Schema.Names[i], rows.Schema.Types[i], table)));
        }

        foreach (var column in table.Columns)
        {
            if (column.IsNullable || column.HasDefault || rows.Schema.IndexOf(column.Name) >= 0) continue;
            errors.Add(new RowError(0, column.Name, LeftOut(column)));
        }

        return errors.Count > RowBinder.MaxErrors ? errors[..RowBinder.MaxErrors] : errors;
    }

    /// <summary>The table's column for a block's column; null if there is none.</summary>
    public static WarehouseColumn? Find(RowSchema rows, int column, TableSchema table) =>
        table.Find(rows.Names[column]) is { Unwritable: null } found && Conversion.To(found.Type).Takes(rows.Types[column]) ? found : null;

    public static string LeftOut(WarehouseColumn column) => $"left out, but {column.TypeName} NOT NULL without default: every row must have it.";

    /// <summary>The first row that has a column, from 1; 0 if every row has it, null if none has.</summary>
    private static long? FirstRow(in Column column)
    {
        if (!column.HasAbsent) return 0;
        for (var row = 0; row < column.RowCount; row++)
        {
            if (!column.IsAbsent(row)) return row + 1L;
        }

        return null;
    }

    private static string Reason(string name, ColumnType type, TableSchema table)
    {
        if (table.Find(name) is not { } column)
            return $"{table.Table} has no such "
                + $"column.{NearestName.Hint(name, table.Columns.Where(static c => c.Unwritable is null).Select(static c => c.Name))}";
        if (column.Unwritable is { } why) return $"cannot be written: it {why}.";
        return $"{type} values do not fit {column.TypeName}: send {string.Join(", ", Conversion.To(column.Type).Sources)}.";
    }
}
