using Coordinator.Contention;

namespace Coordinator.Dashboard.Detail;

/// <summary>A turn in the timeline's table: one that somebody waits for, has, or had.</summary>
public sealed record TurnRow
{
    /// <summary>The outcome of a turn that is being waited for.</summary>
    public const string Waits = "waits";

    /// <summary>The outcome of a turn that runs.</summary>
    public const string Holds = "holds";

    public required string Kind { get; init; }

    public required string Source { get; init; }

    /// <summary>When the turn began; null while it is waited for.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Inserts that wait, or turns that are one row.</summary>
    public long Count { get; init; } = 1;

    public double? WaitedMilliseconds { get; init; }

    public double? HeldMilliseconds { get; init; }

    public double? BlockedMilliseconds { get; init; }

    public long? Rows { get; init; }

    /// <summary>As in <see cref="TurnRecord"/>, or <see cref="Waits"/> or <see cref="Holds"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Who waits, who has the table, and who had it, the latest first.</summary>
    public static IEnumerable<TurnRow> Of(TableDetail detail, int limit)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var waits = detail.Now.Waiters.Select(Of);
        var holds = detail.Now.Holders.Select(h => Of(h, detail.At));
        return waits.Concat(holds).Concat(detail.Turns.Reverse().Select(Of)).Take(limit);
    }

    private static TurnRow Of(TurnWaiter waiter) => new()
    {
        Kind = waiter.Kind,
        Source = waiter.Source,
        Count = waiter.Count,
        WaitedMilliseconds = waiter.SinceMilliseconds,
        Outcome = Waits,
    };

    private static TurnRow Of(TurnHolder holder, DateTimeOffset now) => new()
    {
        Kind = holder.Kind,
        Source = holder.Source,
        From = now.AddMilliseconds(-holder.SinceMilliseconds),
        HeldMilliseconds = holder.SinceMilliseconds,
        Outcome = Holds,
    };

    private static TurnRow Of(TurnRecord turn) => new()
    {
        Kind = turn.Kind,
        Source = turn.Source,
        From = turn.StartedAt,
        To = turn.EndedAt,
        Count = turn.Turns,
        WaitedMilliseconds = turn.WaitedMilliseconds,
        HeldMilliseconds = (turn.EndedAt - turn.StartedAt).TotalMilliseconds,
        BlockedMilliseconds = turn.BlockedMilliseconds,
        Rows = turn.Rows,
        Outcome = turn.Outcome,
    };
}
