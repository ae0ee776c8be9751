using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>A <see cref="TurnRecord"/> in compact form, without an object. Times are milliseconds.</summary>
internal readonly record struct EndedTurn(
    TurnKind Kind, string Source, string Id, DateTimeOffset StartedAt, DateTimeOffset EndedAt, double Waited, double Blocked, int Turns, long Intents, long Rows, TurnOutcome Outcome)
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(10);

    /// <summary>True if the next turn belongs to the same record: inserts of the same writer in close succession.</summary>
    public bool IsContinuedBy(in EndedTurn next) =>
        Id.Length == 0 && next.Id.Length == 0 && next.Source == Source && next.Outcome == Outcome
        && next.StartedAt - EndedAt <= LongestGap && next.EndedAt - StartedAt <= LongestRun;

    public EndedTurn With(in EndedTurn next) => this with
    {
        EndedAt = next.EndedAt,
        Waited = Math.Max(Waited, next.Waited),
        Blocked = Blocked + next.Blocked,
        Turns = Turns + next.Turns,
        Intents = Intents + next.Intents,
        Rows = Rows + next.Rows,
    };

    public TurnRecord ToRecord(string silo) => new()
    {
        Kind = Kind,
        Source = Source,
        Id = Id,
        Silo = silo,
        StartedAt = StartedAt,
        EndedAt = EndedAt,
        WaitedMilliseconds = Waited,
        BlockedMilliseconds = Blocked,
        Turns = Turns,
        Intents = Intents,
        Rows = Rows,
        Outcome = Outcome,
    };
}
