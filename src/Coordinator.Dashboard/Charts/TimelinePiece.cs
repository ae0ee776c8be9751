using Coordinator.Contention;
using Coordinator.Dashboard.Words;

namespace Coordinator.Dashboard.Charts;

/// <summary>A time span in which a write waited for a table or held it.</summary>
internal sealed record TimelinePiece(TurnKind Kind, string Source, DateTimeOffset From, DateTimeOffset To, bool IsWait, bool IsBad, string Hint)
{
    /// <summary>All known spans: past turns with their waits, present holders, present waiters.</summary>
    public static IEnumerable<TimelinePiece> Of(TableDetail detail) =>
        detail.Turns.SelectMany(Of).Concat(detail.Now.Holders.Select(h => Of(h, detail.At))).Concat(detail.Now.Waiters.Select(w => Of(w, detail.At)));

    private static IEnumerable<TimelinePiece> Of(TurnRecord turn)
    {
        var who = $"{TurnWords.Source(turn.Source)}, {TurnWords.Kind(turn.Kind)}";
        var isBad = turn.Outcome is not (TurnOutcome.Committed or TurnOutcome.Released);
        var held = Text.Duration((turn.EndedAt - turn.StartedAt).TotalMilliseconds);
        var turns = turn.Turns > 1 ? $"{Text.Some(turn.Turns, "turn", "turns")} in {held}" : $"held for {held}";
        yield return new(turn.Kind, turn.Source, turn.StartedAt, turn.EndedAt, IsWait: false, isBad,
            $"{who}\n{Text.Time(turn.StartedAt)} to {Text.Time(turn.EndedAt)} UTC, {turns}\nhad others wait "
                + $"{Text.Duration(turn.BlockedMilliseconds)}\n{Text.Some(turn.Rows, "row", "rows")}, {turn.Outcome.ToText()}");
        if (turn.WaitedMilliseconds >= 1)
            yield return new(turn.Kind, turn.Source, turn.StartedAt.AddMilliseconds(-turn.WaitedMilliseconds), turn.StartedAt, IsWait: true,
                IsBad: false,
                $"{who}\nwaited {Text.Duration(turn.WaitedMilliseconds)} until {Text.Time(turn.StartedAt)} UTC");
    }

    private static TimelinePiece Of(TurnHolder holder, DateTimeOffset now) => new(
        holder.Kind, TurnWords.IsLock(holder.Kind) ? Timeline.Locks : holder.Source, now.AddMilliseconds(-holder.SinceMilliseconds), now,
        IsWait: false, IsBad: false,
        $"{TurnWords.Holder(holder)}\nhas held the table for {Text.Duration(holder.SinceMilliseconds)}");

    private static TimelinePiece Of(TurnWaiter waiter, DateTimeOffset now) => new(
        waiter.Kind, waiter.Source, now.AddMilliseconds(-waiter.SinceMilliseconds), now, IsWait: true, IsBad: false,
        $"{TurnWords.Waiter(waiter)}\nhas waited {Text.Duration(waiter.SinceMilliseconds)}");
}
