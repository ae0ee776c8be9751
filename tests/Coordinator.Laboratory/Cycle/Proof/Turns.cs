using Coordinator.Laboratory.Cycle.Work;

namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>Combines the transactions of all ledgers, and finds those that were open at once.</summary>
internal static class Turns
{
    /// <summary>All transactions in the order in which they began. The ledgers do not contain what a run read; that comes from the
    /// runs.</summary>
    public static IReadOnlyList<Turn> Of(IReadOnlyList<TableHistory> histories, IEnumerable<FinishedRun> runs)
    {
        var turns = new Dictionary<Guid, Turn>();
        for (var table = 0; table < histories.Count; table++)
        {
            foreach (var turn in histories[table].Turns)
            {
                var known = turns.GetValueOrDefault(turn.BatchId, new Turn(turn.BatchId, 0, 0, turn.Started, turn.Ended, "inserts"));
                turns[turn.BatchId] = known with { Writes = known.Writes | Bit(table) };
            }
        }

        foreach (var run in runs)
        {
            if (turns.TryGetValue(run.BatchId, out var turn)) turns[run.BatchId] = turn with { Reads = Bits(run.Run.Reads), Source = run.Run.Source };
        }

        return [.. turns.Values.OrderBy(static t => t.Started)];
    }

    /// <summary>Pairs that were open at once: conflicting pairs, and pairs that share a table that both only read.</summary>
    public static (IReadOnlyList<(Turn Earlier, Turn Later)> Overlaps, int SharedReads) Pair(IReadOnlyList<Turn> turns)
    {
        var overlaps = new List<(Turn, Turn)>();
        var shared = 0;
        var open = new List<Turn>();
        foreach (var turn in turns)
        {
            open.RemoveAll(t => t.Ended <= turn.Started);
            foreach (var other in open)
            {
                if (other.ConflictsWith(turn.Writes, turn.Reads)) overlaps.Add((other, turn));
                else if ((other.Reads & turn.Reads) != 0) shared++;
            }

            open.Add(turn);
        }

        return (overlaps, shared);
    }

    public static ulong Bit(int table) => 1UL << table;

    public static ulong Bits(IEnumerable<int> tables) => tables.Aggregate(0UL, static (bits, table) => bits | Bit(table));
}
