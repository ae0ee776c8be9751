using Coordinator.Laboratory.Cycle.Work;

namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>When writes waited, and for which tables.</summary>
internal static class Waits
{
    /// <summary>An update's wait ends when its transaction begins. A receipt from the ledger does not say how long the update waited.</summary>
    public static IReadOnlyList<Wait> OfUpdates(IReadOnlyList<Turn> turns, IEnumerable<FinishedRun> runs)
    {
        var begun = turns.ToDictionary(static t => t.BatchId, static t => t.Started);
        return
        [
            .. from run in runs
               where run.Waited > TimeSpan.Zero
               let end = begun[run.BatchId]
               select new Wait(run.Run.Source, Turns.Bits(run.Run.Writes), Turns.Bits(run.Run.Reads), end - run.Waited, end),
        ];
    }

    /// <summary>An insert's wait ends with its receipt, so its own turn is among the turns that it waited for.</summary>
    public static IReadOnlyList<Wait> OfInserts(IEnumerable<InsertSample> samples) =>
        [.. samples.Select(static s =>
            new Wait(FormattableString.Invariant($"insert into t{s.Table:00}"), Turns.Bit(s.Table), 0, s.Sent.UtcDateTime, s.Answered.UtcDateTime))];
}
