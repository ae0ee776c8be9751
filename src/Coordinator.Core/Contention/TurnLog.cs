using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>A table's latest turns. Insert turns of one writer in close succession share a record, so that they do not displace updates. Not
/// thread-safe.</summary>
internal sealed class TurnLog(string silo)
{
    private const int Capacity = 64;

    private readonly Ring<EndedTurn> _turns = new(Capacity);
    private readonly Ring<UpdateEnd> _ends = new(Capacity / 2);

    public IReadOnlyList<TurnRecord> Turns => [.. _turns.Items.Select(turn => turn.ToRecord(silo))];

    public IReadOnlyList<UpdateEnd> Ends => [.. _ends.Items];

    public void Add(in EndedTurn turn)
    {
        if (_turns.Count > 0 && _turns.Latest is var latest && latest.IsContinuedBy(turn)) _turns.Latest = latest.With(turn);
        else _turns.Add(turn);
    }

    public void Add(UpdateEnd end) => _ends.Add(end);
}
