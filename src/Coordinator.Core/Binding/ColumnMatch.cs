using Coordinator.Core.Warehouses;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Compares the columns of a block with a table's before any value is read.</summary>
internal static class ColumnMatch
{
    public static List<RowError> Errors(RowSchema rows, TableSchema table)
    {
        var errors = new List<RowError>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (Reason(rows.Names[i], rows.Types[i], table) is { } reason) errors.Add(new RowError(0, rows.Names[i], reason));
        }

        foreach (var column in table.Columns)
        {
            if (column.IsNullable || column.HasDefault || rows.IndexOf(column.Name) >= 0) continue;
            errors.Add(new RowError(0, column.Name, $"left out, but {column.TypeName} NOT NULL without default: every row must have it."));
        }

        return errors.Count > RowBinder.MaxErrors ? errors[..RowBinder.MaxErrors] : errors;
    }

    private static string? Reason(string name, ColumnType type, TableSchema table)
    {
        if (table.Find(name) is not { } column)
            return $"{table.Table} has no such column.{NearestName.Hint(name, table.Columns.Where(static c => c.Unwritable is null).Select(static c => c.Name))}";
        if (column.Unwritable is { } why) return $"cannot be written: it {why}.";
        return Conversions.To(column.WireType).Takes(type)
            ? null
            : $"{type} values do not fit {column.TypeName}: send {string.Join(", ", Conversions.To(column.WireType).Sources)}.";
    }
}
