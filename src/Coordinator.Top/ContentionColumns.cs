using Spectre.Console;

namespace Coordinator.Top;

/// <summary>The columns of <c>top</c>, as many as fit.</summary>
internal static class ContentionColumns
{
    // The width of the table's border for each column.
    private const int PerColumn = 3;

    private static readonly Style Notice = new(Color.Yellow);
    private static readonly Style Alarm = new(Color.Red, decoration: Decoration.Bold);

    private static readonly ContentionColumn[] All =
    [
        new("Table", 0, static row => row.Figures.Table) { Sort = ContentionSort.Table },
        new("Holder", 0, static row => ContentionText.Holder(row.Figures.Holder)) { Sort = ContentionSort.Hold, Wraps = true },
        new("Waiting", 5, static row => ContentionText.Waiters(row.Figures.Waiters)) { Wraps = true },
        new("Lock", 4, static row => ContentionText.Lock(row.Figures.Lock)) { Style = static row =>
            row.Figures.Lock?.State is null or "held" or "none" ? Style.Plain : Notice },
        Number("Queue", 0, ContentionSort.Depth, static row => row.Figures.QueueDepth),
        new("Wait", 0, static row => ContentionText.Time(row.Figures.OldestWaitMilliseconds)) { Sort = ContentionSort.Wait, IsNumber = true },
        new("Contention", 4, static row =>
            ContentionText.Time(row.Figures.ContentionMilliseconds)) { Sort = ContentionSort.Contention, IsNumber = true },
        new("Rows/s", 1, static row => ContentionText.Rate(row.RowsPerSecond)) { Sort = ContentionSort.Rows, IsNumber = true },
        new("Intents/s", 6, static row => ContentionText.Rate(row.IntentsPerSecond)) { Sort = ContentionSort.Intents, IsNumber = true },
        Number("Rows", 9, null, static row => row.Figures.Rows),
        Number("Conflicts", 2, ContentionSort.Conflicts, static row => row.Figures.Conflicts, Notice),
        Number("Retries", 7, ContentionSort.Retries, static row => row.Figures.Retries),
        Number("Overlaps", 3, ContentionSort.Overlaps, static row => row.Figures.Overlaps, Alarm),
        Number("Rejected", 8, ContentionSort.Rejected, static row => row.Figures.Rejected),
        new("Silo", 10, static row => row.Figures.Silo),
    ];

    public static IReadOnlyList<ContentionColumn> Fitting(IReadOnlyList<ContentionRow> rows, ContentionSort sort, int width)
    {
        var columns = All.ToList();
        while (columns.Sum(column => column.Width(rows) + PerColumn) >= width)
        {
            var last = columns.Where(column => column.Rank > 0 && column.Sort != sort).MaxBy(static column => column.Rank);
            if (last is null) break;
            columns.Remove(last);
        }

        return columns;
    }

    private static ContentionColumn Number(string header, int rank, ContentionSort? sort, Func<ContentionRow, long> value, Style? notable = null) =>
        new(header, rank, row => ContentionText.Of(value(row)))
        {
            Sort = sort,
            IsNumber = true,
            Style = row => value(row) > 0 && notable is { } style ? style : Style.Plain
        };
}
