using Coordinator.Contention;

namespace Coordinator.Dashboard.Words;

/// <summary>A sentence about the holders and waiters of a table.</summary>
public static class Headline
{
    private const int Named = 2;

    /// <summary>Such as <c>nightly, update (writes), has held it for 42 s; 12 inserts of ingest-7 and 3 more wait, the oldest for 38 s.</c></summary>
    public static string Of(TableContention table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var holders = table.Holders.Count == 0
            ? "No write has the turn"
            : $"{Listed(table.Holders.Take(Named).Select(TurnWords.Holder), table.Holders.Count - Named)} "
                + $"{(table.Holders.Count == 1 ? "has" : "have")} held it for {Text.Duration(table.Holders.Max(static h => h.SinceMilliseconds))}";
        if (table.QueueDepth == 0) return $"{holders}; none waits.";
        var waiters = Waiters(table);
        return $"{holders}; {waiters} {(table.QueueDepth == 1 ? "waits" : "wait")}, the oldest for {Text.Duration(table.OldestWaitMilliseconds)}.";
    }

    /// <summary>The first waiters, and the number of others: such as <c>12 inserts of ingest-7 and 3 more</c>.</summary>
    public static string Waiters(TableContention table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var first = table.Waiters.Take(Named).ToList();
        return first.Count == 0
            ? Text.Count(table.QueueDepth)
            : Listed(first.Select(TurnWords.Waiter), table.QueueDepth - first.Sum(static w => w.Count));
    }

    private static string Listed(IEnumerable<string> words, int more)
    {
        var all = words.ToList();
        if (more > 0) all.Add($"{Text.Count(more)} more");
        return all.Count == 1 ? all[0] : $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}";
    }
}
