using Coordinator.Intents;

namespace Coordinator.Core.Ledger;

/// <summary>Folds the intents of a batch into as few ledger rows as their numbers allow.</summary>
public static class SequenceRanges
{
    /// <summary>The ranges of a batch whose ids are distinct, ordered by origin and number.</summary>
    public static IReadOnlyList<SequenceRange> Of(IReadOnlyList<InsertIntent> intents)
    {
        ArgumentNullException.ThrowIfNull(intents);
        var ids = new (Guid Origin, long Sequence, int Rows)[intents.Count];
        for (var i = 0; i < ids.Length; i++) ids[i] = (intents[i].Id.Origin, intents[i].Id.Sequence, intents[i].Rows.RowCount);
        Array.Sort(ids, static (a, b) => a.Origin.CompareTo(b.Origin) is not 0 and var byOrigin ? byOrigin : a.Sequence.CompareTo(b.Sequence));

        var ranges = new List<SequenceRange>();
        foreach (var (origin, sequence, rows) in ids)
        {
            if (ranges.Count > 0 && ranges[^1] is var last && last.Origin == origin && last.Last + 1 == sequence)
                ranges[^1] = last with { Last = sequence, Rows = last.Rows + rows };
            else
                ranges.Add(new SequenceRange(origin, sequence, sequence, rows));
        }

        return ranges;
    }
}
