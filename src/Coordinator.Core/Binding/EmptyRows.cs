using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Finds rows without any column. No warehouse writes such a row together with others.</summary>
internal static class EmptyRows
{
    public static void AddErrors(RowBlock rows, List<RowError> errors)
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
