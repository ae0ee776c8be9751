using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>A table's latest turns. Insert turns of one writer in close succession share a record, so that they do not displace updates. Not
/// thread-safe.</summary>
internal sealed class TurnLog(string silo)
{
    private const int Capacity = 64;

    private readonly Ring<Entry> _turns = new(Capacity);

    // Null until the first.
    private Ring<UpdateEnd>? _ends;

    public IReadOnlyList<TurnRecord> Turns => [.. _turns.Items.Select(turn => turn.ToRecord(silo))];

    public IReadOnlyList<UpdateEnd> Ends => [.. _ends?.Items ?? []];

    /// <summary>A turn is over. Its waits and times are milliseconds.</summary>
    public void Add(ActiveTurn active, double waited, double held, int intents, long rows, TurnOutcome outcome, DateTimeOffset now)
    {
        var turn = new Entry(
            active.Kind, active.Source, active.Id, now - TimeSpan.FromMilliseconds(held), now, waited, active.Blocked, 1, intents, rows, outcome);
        if (_turns.Count > 0 && _turns.Latest is var latest && latest.IsContinuedBy(turn)) _turns.Latest = latest.With(turn);
        else _turns.Add(turn);
    }

    public void Add(UpdateEnd end) => (_ends ??= new(Capacity / 2)).Add(end);

    /// <summary>A <see cref="TurnRecord"/> in compact form, without an object. Times are milliseconds.</summary>
    private readonly record struct Entry(
        TurnKind Kind, string Source, string Id, DateTimeOffset StartedAt, DateTimeOffset EndedAt, double Waited, double Blocked,
        int Turns, long Intents, long Rows, TurnOutcome Outcome)
    {
        private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(500);
        private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(10);

        /// <summary>True if the next turn belongs to the same record: inserts of the same writer in close succession.</summary>
        public bool IsContinuedBy(in Entry next) =>
            Id.Length == 0 && next.Id.Length == 0 && next.Source == Source && next.Outcome == Outcome
            && next.StartedAt - EndedAt <= LongestGap && next.EndedAt - StartedAt <= LongestRun;

        public Entry With(in Entry next) => this with
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
}
