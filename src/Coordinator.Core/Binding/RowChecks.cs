using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Finds rows that no table takes.</summary>
internal static class RowChecks
{
    public static List<RowError> Errors(RowBlock rows)
    {
        var errors = TooLarge(rows);
        AddEmpty(rows, errors);
        return errors;
    }

    /// <summary>Finds rows that are too large for the warehouse.</summary>
    private static List<RowError> TooLarge(RowBlock rows)
    {
        var errors = new List<RowError>();
        if (rows.SizeBytes <= RowBlock.MaxRowBytes) return errors;

        var sizes = new long[rows.RowCount];
        for (var i = 0; i < rows.Schema.Count; i++)
        {
            if (rows.Schema.Types[i] is not (ColumnType.Text or ColumnType.Json or ColumnType.Number or ColumnType.Bytes)) continue;
            var column = rows.Column(i);
            for (var row = 0; row < sizes.Length; row++) sizes[row] += column.Bytes(row).Length;
        }

        for (var row = 0; row < sizes.Length && errors.Count < RowBinder.MaxErrors; row++)
        {
            if (sizes[row] > RowBlock.MaxRowBytes)
                errors.Add(new RowError(row + 1L, "", $"has {sizes[row]} bytes; at most {RowBlock.MaxRowBytes} fit a row."));
        }

        return errors;
    }

    /// <summary>Finds rows without any column. No warehouse writes such a row together with others.</summary>
    private static void AddEmpty(RowBlock rows, List<RowError> errors)
    {
        for (var i = 0; i < rows.Schema.Count; i++)
        {
            if (!rows.Column(i).HasAbsent) return;
        }

        var columns = Enumerable.Range(0, rows.Schema.Count).Select(rows.Column).ToArray();
        for (var row = 0; row < rows.RowCount && errors.Count < RowBinder.MaxErrors; row++)
        {
            if (Array.TrueForAll(columns, c => c.IsAbsent(row)))
                errors.Add(new RowError(row + 1L, "", "has no columns: a row must have at least one."));
        }
    }
}
