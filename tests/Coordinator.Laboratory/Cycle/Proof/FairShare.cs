namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>Compares every wait with the turns that were ahead of it.</summary>
/// <remarks>A wait is explained at each moment at which a transaction ran on one of its tables, or on a table of an update that itself waited
/// for, or held while waiting, one of these, and so on. The remainder is the cost of the coordinator: messages, commits, and any lost
/// wake-up.</remarks>
internal sealed class FairShare
{
    private readonly IReadOnlyList<Turn> _turns;
    private readonly IReadOnlyList<Wait> _updates;
    private readonly ReadPace _reads;
    private readonly TimeSpan _longestTurn;
    private readonly TimeSpan _longestWait;

    /// <summary>Takes the turns in the order in which they began, the waits of all updates, and the pace of the readers.</summary>
    public FairShare(IReadOnlyList<Turn> turns, IEnumerable<Wait> updates, ReadPace reads)
    {
        _turns = turns;
        _reads = reads;
        _updates = [.. updates.OrderBy(static w => w.From)];
        _longestTurn = turns.Select(static t => t.Ended - t.Started).DefaultIfEmpty().Max();
        _longestWait = _updates.Select(static w => w.Length).DefaultIfEmpty().Max();
    }

    public WaitFigures Judge(IEnumerable<Wait> waits)
    {
        var all = waits.OrderByDescending(static w => w.Length).ToList();
        if (all.Count == 0) return new WaitFigures(0, 0, 0, 0, 0, 0, "");
        var worst = TimeSpan.Zero;
        var mostReads = 0;
        var worstWait = all[0];
        foreach (var wait in all)
        {
            // The unexplained part of a wait cannot exceed the wait.
            if (wait.Length <= worst && _reads.Within(wait.From, wait.To) <= mostReads) continue;
            var spans = Unexplained(wait);
            worst = TimeSpan.FromTicks(Math.Max(worst.Ticks, spans.Sum(static s => (s.To - s.From).Ticks)));
            if (spans.Sum(s => _reads.Within(s.From, s.To)) is var reads && reads >= mostReads) (mostReads, worstWait) = (reads, wait);
        }

        return new WaitFigures(
            all.Count,
            all[all.Count / 2].Length.TotalMilliseconds,
            all[0].Length.TotalMilliseconds,
            Ahead(all[0]).TotalMilliseconds,
            worst.TotalMilliseconds,
            mostReads,
            $"{worstWait.Source} from {worstWait.From:HH:mm:ss.fff} to {worstWait.To:HH:mm:ss.fff}");
    }

    /// <summary>The sum of the turns on its own tables that ran during a wait.</summary>
    private TimeSpan Ahead(Wait wait)
    {
        var sum = TimeSpan.Zero;
        foreach (var turn in TurnsDuring(wait))
        {
            if (turn.ConflictsWith(wait.Writes, wait.Reads)) sum += Earlier(turn.Ended, wait.To) - Later(turn.Started, wait.From);
        }

        return sum;
    }

    /// <summary>The spans of a wait during which nothing ran that it had to wait for.</summary>
    private List<(DateTime From, DateTime To)> Unexplained(Wait wait)
    {
        var turns = TurnsDuring(wait);
        var updates = During(_updates, static w => w.From, wait.From - _longestWait, wait.To).Where(w => w.To > wait.From).ToList();
        var moments = new SortedSet<DateTime> { wait.From, wait.To };
        foreach (var moment in turns.SelectMany(static t => new[] { t.Started, t.Ended })
            .Concat(updates.SelectMany(static w => new[] { w.From, w.To })))
        {
            if (moment > wait.From && moment < wait.To) moments.Add(moment);
        }

        var spans = new List<(DateTime, DateTime)>();
        var from = wait.From;
        foreach (var to in moments.Skip(1))
        {
            var tables = Closure(wait.Tables, updates.Where(w => w.IsOpenAt(from)).ToList());
            if (!turns.Exists(t => t.IsOpenAt(from) && (t.Tables & tables) != 0)) spans.Add((from, to));
            from = to;
        }

        return spans;
    }

    /// <summary>Adds the tables of updates that wait for one of the tables, then of updates that wait for those, and so on.</summary>
    private static ulong Closure(ulong tables, List<Wait> waiting)
    {
        for (var more = 0UL; more != tables;)
        {
            more = tables;
            foreach (var wait in waiting)
            {
                if ((wait.Tables & tables) != 0) tables |= wait.Tables;
            }
        }

        return tables;
    }

    private List<Turn> TurnsDuring(Wait wait) =>
        [.. During(_turns, static t => t.Started, wait.From - _longestTurn, wait.To).Where(t => t.Ended > wait.From)];

    /// <summary>The items that began within a time span.</summary>
    private static IEnumerable<T> During<T>(IReadOnlyList<T> sorted, Func<T, DateTime> began, DateTime from, DateTime to)
    {
        int low = 0, high = sorted.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (began(sorted[middle]) < from) low = middle + 1;
            else high = middle;
        }

        for (; low < sorted.Count && began(sorted[low]) < to; low++) yield return sorted[low];
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
