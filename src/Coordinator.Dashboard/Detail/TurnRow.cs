using Coordinator.Contention;

namespace Coordinator.Dashboard.Detail;

/// <summary>A row of the table of turns: a waiter, a holder, or a past turn.</summary>
public sealed record TurnRow
{
    /// <summary>The outcome of a waiter.</summary>
    public const string Waits = "waits";

    /// <summary>The outcome of a holder.</summary>
    public const string Holds = "holds";

    public required TurnKind Kind { get; init; }

    public required string Source { get; init; }

    /// <summary>When the turn began; null for a waiter.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When it ended; null before that.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The number of waiting inserts, or of turns in this row.</summary>
    public long Count { get; init; } = 1;

    public double? WaitedMilliseconds { get; init; }

    public double? HeldMilliseconds { get; init; }

    public double? BlockedMilliseconds { get; init; }

    public long? Rows { get; init; }

    /// <summary>As in <see cref="TurnRecord"/>, or <see cref="Waits"/> or <see cref="Holds"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Waiters, holders and past turns, latest first.</summary>
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
        Outcome = turn.Outcome.ToText(),
    };
}
