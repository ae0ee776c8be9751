using System.Globalization;
using Spectre.Console;

namespace Coordinator.Top;

/// <summary>The table that <c>top</c> shows.</summary>
internal static class ContentionTable
{
    public static Table Of(IReadOnlyList<ContentionRow> rows, ContentionSnapshot snapshot, Uri silo, ContentionSort sort, int width)
    {
        var columns = ContentionColumns.Fitting(rows, sort, width);
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(column.Header) { NoWrap = !column.Wraps, Alignment = column.IsNumber ? Justify.Right : Justify.Left });
        foreach (var row in rows)
            table.AddRow(columns.Select(column => new Text(column.Text(row), column.Style(row)) { Overflow = Overflow.Ellipsis }));
        var all = snapshot.Tables.Count == 1 ? "1 table" : $"{snapshot.Tables.Count} tables";
        var shown = rows.Count < snapshot.Tables.Count ? $"{rows.Count} of {all}" : all;
        table.Caption = new TableTitle(Markup.Escape(string.Create(
            CultureInfo.InvariantCulture, $"{shown} by {sort.ToString().ToLowerInvariant()} at {snapshot.At:HH:mm:ss}Z from {silo}")));
        return table;
    }
}
