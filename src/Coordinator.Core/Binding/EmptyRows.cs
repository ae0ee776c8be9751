using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Finds rows that have no column at all: no warehouse writes such a row beside others.</summary>
internal static class EmptyRows
{
    public static List<RowError> Errors(RowBlock rows)
    {
        var errors = new List<RowError>();
        var columns = new Column[rows.Schema.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = rows.Column(i);
            if (!columns[i].HasAbsent) return errors;
        }

        for (var row = 0; row < rows.RowCount && errors.Count < RowBinder.MaxErrors; row++)
        {
            if (Array.TrueForAll(columns, c => c.IsAbsent(row))) errors.Add(new RowError(row + 1L, "", "has no columns: a row must have at least one."));
        }

        return errors;
    }
}
