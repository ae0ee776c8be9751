using System.Globalization;
using Spectre.Console;

namespace Coordinator.ClientHost.Contention;

/// <summary>The picture that <c>top</c> shows.</summary>
internal static class ContentionTable
{
    private static readonly Style Alarm = new(Color.Red, decoration: Decoration.Bold);
    private static readonly Style Notice = new(Color.Yellow);

    public static Table Of(IReadOnlyList<ContentionRow> rows, ContentionSnapshot snapshot, Uri silo, ContentionSort sort)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var left in new[] { "Table", "Holder", "Lock" }) table.AddColumn(new TableColumn(left) { NoWrap = true });
        foreach (var right in new[] { "Queue", "Wait", "Rows/s", "Intents/s", "Rows", "Conflicts", "Retries", "Overlaps", "Rejected" })
            table.AddColumn(new TableColumn(right) { NoWrap = true, Alignment = Justify.Right });
        table.AddColumn(new TableColumn("Silo") { NoWrap = true });
        foreach (var row in rows) Add(table, row);
        var shown = rows.Count < snapshot.Tables.Count ? $"{rows.Count} of {snapshot.Tables.Count} tables" : $"{rows.Count} tables";
        table.Caption = new TableTitle(Markup.Escape(string.Create(
            CultureInfo.InvariantCulture, $"{shown} by {sort.ToString().ToLowerInvariant()} at {snapshot.At:HH:mm:ss}Z from {silo}")));
        return table;
    }

    private static void Add(Table table, ContentionRow row)
    {
        var figures = row.Figures;
        table.AddRow(
            new Text(figures.Table),
            new Text(ContentionText.Holder(figures.Holder)),
            new Text(ContentionText.Lock(figures.Lock), figures.Lock?.State is null or "held" or "none" ? Style.Plain : Notice),
            new Text(ContentionText.Of(figures.QueueDepth)),
            new Text(ContentionText.Time(figures.OldestWaitMilliseconds)),
            new Text(ContentionText.Rate(row.RowsPerSecond)),
            new Text(ContentionText.Rate(row.IntentsPerSecond)),
            new Text(ContentionText.Of(figures.Rows)),
            new Text(ContentionText.Of(figures.Conflicts), figures.Conflicts > 0 ? Notice : Style.Plain),
            new Text(ContentionText.Of(figures.Retries)),
            new Text(ContentionText.Of(figures.Overlaps), figures.Overlaps > 0 ? Alarm : Style.Plain),
            new Text(ContentionText.Of(figures.Rejected)),
            new Text(figures.Silo));
    }
}
