namespace Coordinator.Top;

/// <summary>Sorts the tables of a snapshot, with rates since the snapshot before.</summary>
internal static class ContentionRanking
{
    public static IReadOnlyList<ContentionRow> Of(ContentionSnapshot now, ContentionSnapshot? before, ContentionSort sort, int limit)
    {
        var seconds = before is null ? 0 : (now.At - before.At).TotalSeconds;
        var earlier = seconds > 0 ? before!.Tables.ToLookup(static t => t.Table) : null;
        var rows = now.Tables.Select(figures =>
        {
            if (earlier is null) return new ContentionRow(figures, null, null);
            var then = earlier[figures.Table].FirstOrDefault();
            return new ContentionRow(figures, Since(figures.Rows, then?.Rows) / seconds, Since(figures.Intents, then?.Intents) / seconds);
        });
        return [.. Sorted(rows, sort).Take(limit)];
    }

    /// <summary>Counts start when a silo starts, so a lower value means that a silo has left or restarted.</summary>
    private static long Since(long now, long? then) => then is { } earlier && earlier <= now ? now - earlier : now;

    private static IEnumerable<ContentionRow> Sorted(IEnumerable<ContentionRow> rows, ContentionSort sort) => sort == ContentionSort.Table
        ? rows.OrderBy(static row => row.Figures.Table, StringComparer.Ordinal).ThenBy(static row => row.Figures.Silo, StringComparer.Ordinal)
        : rows.OrderByDescending(row => Key(row, sort))
            .ThenByDescending(static row => row.Figures.QueueDepth)
            .ThenByDescending(static row => row.Figures.Holder?.SinceMilliseconds ?? 0)
            .ThenBy(static row => row.Figures.Table, StringComparer.Ordinal);

    private static double Key(ContentionRow row, ContentionSort sort) => sort switch
    {
        ContentionSort.Contention => row.Figures.ContentionMilliseconds,
        ContentionSort.Wait => row.Figures.OldestWaitMilliseconds,
        ContentionSort.Depth => row.Figures.QueueDepth,
        ContentionSort.Hold => row.Figures.Holder?.SinceMilliseconds ?? 0,
        ContentionSort.Rows => row.RowsPerSecond ?? row.Figures.Rows,
        ContentionSort.Intents => row.IntentsPerSecond ?? row.Figures.Intents,
        ContentionSort.Conflicts => row.Figures.Conflicts,
        ContentionSort.Retries => row.Figures.Retries,
        ContentionSort.Overlaps => row.Figures.Overlaps,
        ContentionSort.Rejected => row.Figures.Rejected,
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "no figure"),
    };
}
