using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>Merges the figures of several silos for the same tables.</summary>
public static class ContentionMerge
{
    private const int MaxTurns = 128;

    /// <summary>Orders tables by contention, highest first.</summary>
    public static IOrderedEnumerable<TableContention> Rank(IEnumerable<TableContention> tables) => tables
        .OrderByDescending(static t => t.ContentionMilliseconds)
        .ThenByDescending(static t => t.OldestWaitMilliseconds)
        .ThenBy(static t => t.Table);

    /// <summary>One row per table: counts are summed up; the present state is that of the silo whose activation has the lock.</summary>
    public static IEnumerable<TableContention> Tables(IEnumerable<TableContention> parts) =>
        parts.GroupBy(static p => p.Table).Select(static group => Table([.. group]));

    /// <summary>All details of one table.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="waits">The edges of all silos.</param>
    public static TableDetail Detail(IReadOnlyList<TableDetail> parts, IReadOnlyList<WaitEdge> waits)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var now = Table([.. parts.Select(static p => p.Now)]);
        var ends = parts.SelectMany(static p => p.Ends).GroupBy(static e => e.Id).ToDictionary(static g => g.Key, static g => g.Last());
        var sources = Sources(parts.SelectMany(static p => p.Sources));
        var commit = parts.Select(static p => p.Commit).Aggregate(static (a, b) => a.Plus(b));
        var history = History(parts.SelectMany(static p => p.History));
        return new TableDetail
        {
            At = parts.Max(static p => p.At),
            Now = now with { Advice = ContentionAdvice.For(now, sources, commit, history) },
            Turns =
            [
                .. parts.SelectMany(static p => p.Turns).OrderBy(static t => t.StartedAt).Select(turn => WithEnd(turn, ends)).TakeLast(MaxTurns)
            ],
            Ends = [.. ends.Values],
            Wait = parts.Select(static p => p.Wait).Aggregate(static (a, b) => a.Plus(b)),
            Hold = parts.Select(static p => p.Hold).Aggregate(static (a, b) => a.Plus(b)),
            Commit = commit,
            Sources = sources,
            History = history,
            LockHistory = [.. parts.SelectMany(static p => p.LockHistory).OrderBy(static l => l.At)],
            Conflicts = [.. parts.SelectMany(static p => p.Conflicts).OrderBy(static c => c.At)],
            Waits = ConnectedWaits.Around(now.Table, waits),
        };
    }

    private static TableContention Table(IReadOnlyList<TableContention> parts)
    {
        if (parts.Count == 1) return parts[0];
        var speaker = parts.FirstOrDefault(static p => p.Lock.State == LeaseState.Held)
            ?? parts.FirstOrDefault(static p => p.Silos.Any(static s => s.IsActive))
            ?? parts[0];
        return speaker with
        {
            ContentionMilliseconds = parts.Max(static p => p.ContentionMilliseconds),
            OldestWaitMilliseconds = parts.Max(static p => p.OldestWaitMilliseconds),
            Counts = parts.Aggregate(new TableCounts(), static (sum, part) => sum.Plus(part.Counts)),
            Silos = [.. parts.SelectMany(static p => p.Silos).OrderBy(static s => s.Silo, StringComparer.Ordinal)],
            Recent = [.. parts.Select(static p => p.Recent).Aggregate(static (a, b) => [.. a.Zip(b, Math.Max)])],
            Advice = [.. parts.SelectMany(static p => p.Advice).Distinct()],
        };
    }

    private static TurnRecord WithEnd(TurnRecord turn, Dictionary<string, UpdateEnd> ends) =>
        turn.Outcome == TurnOutcome.Released && ends.TryGetValue(turn.Id, out var end) ? turn with { Outcome = end.Outcome, Rows = end.Rows } : turn;

    private static IReadOnlyList<SourceFigures> Sources(IEnumerable<SourceFigures> sources) => [.. sources
        .GroupBy(static s => (s.Source, s.IsUpdate))
        .Select(static group => group.Aggregate(static (a, b) => a with
        {
            Turns = a.Turns + b.Turns,
            Intents = a.Intents + b.Intents,
            Rows = a.Rows + b.Rows,
            WaitedMilliseconds = a.WaitedMilliseconds + b.WaitedMilliseconds,
            HeldMilliseconds = a.HeldMilliseconds + b.HeldMilliseconds,
            BlockedMilliseconds = a.BlockedMilliseconds + b.BlockedMilliseconds,
            IsExclusive = a.IsExclusive || b.IsExclusive,
            WindowMinutes = Math.Max(a.WindowMinutes, b.WindowMinutes),
        }))
        .OrderByDescending(static s => s.BlockedMilliseconds).ThenByDescending(static s => s.HeldMilliseconds)];

    private static IReadOnlyList<HistorySlot> History(IEnumerable<HistorySlot> slots) => [.. slots
        .GroupBy(static s => s.At)
        .OrderBy(static group => group.Key)
        .Select(static group => group.Aggregate(static (a, b) => a with
        {
            ContentionMilliseconds = Math.Max(a.ContentionMilliseconds, b.ContentionMilliseconds),
            BlockedMilliseconds = a.BlockedMilliseconds + b.BlockedMilliseconds,
            InsertsHeldMilliseconds = a.InsertsHeldMilliseconds + b.InsertsHeldMilliseconds,
            UpdatesHeldMilliseconds = a.UpdatesHeldMilliseconds + b.UpdatesHeldMilliseconds,
            Intents = a.Intents + b.Intents,
            Rows = a.Rows + b.Rows,
            Batches = a.Batches + b.Batches,
            Conflicts = a.Conflicts + b.Conflicts,
        }))];
}
