using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>A table's latest turns. Insert turns of one writer that follow each other closely share a record, so that updates are not crowded out. Not thread-safe.</summary>
internal sealed class TurnLog
{
    private const int Capacity = 64;

    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(10);

    private readonly Ring<TurnRecord> _turns = new(Capacity);
    private readonly Ring<UpdateEnd> _ends = new(Capacity / 2);

    public IReadOnlyList<TurnRecord> Turns => [.. _turns.Items];

    public IReadOnlyList<UpdateEnd> Ends => [.. _ends.Items];

    public void Add(TurnRecord turn)
    {
        if (_turns.Count > 0 && _turns.Latest is var latest && IsSameRun(latest, turn))
        {
            _turns.Latest = latest with
            {
                EndedAt = turn.EndedAt,
                WaitedMilliseconds = Math.Max(latest.WaitedMilliseconds, turn.WaitedMilliseconds),
                BlockedMilliseconds = latest.BlockedMilliseconds + turn.BlockedMilliseconds,
                Turns = latest.Turns + turn.Turns,
                Intents = latest.Intents + turn.Intents,
                Rows = latest.Rows + turn.Rows,
            };
            return;
        }

        _turns.Add(turn);
    }

    public void Add(UpdateEnd end) => _ends.Add(end);

    private static bool IsSameRun(TurnRecord latest, TurnRecord turn) =>
        turn.Kind == TurnKinds.Insert && latest.Kind == TurnKinds.Insert && turn.Source == latest.Source && turn.Outcome == latest.Outcome
        && turn.StartedAt - latest.EndedAt <= LongestGap && turn.EndedAt - latest.StartedAt <= LongestRun;
}
