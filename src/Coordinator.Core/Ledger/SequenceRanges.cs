using Coordinator.Intents;

namespace Coordinator.Core.Ledger;

/// <summary>Combines the intents of a batch into as few ledger rows as possible.</summary>
public static class SequenceRanges
{
    /// <summary>The ranges of a batch with distinct ids, ordered by origin and number, and its anchors. An intent with a content hash has a
    /// separate row.</summary>
    public static IReadOnlyList<SequenceRange> Of(IReadOnlyList<InsertIntent> intents)
    {
        ArgumentNullException.ThrowIfNull(intents);
        var ids = new (Guid Origin, long Sequence, int Rows, Guid Content)[intents.Count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = (intents[i].Id.Origin, intents[i].Id.Sequence, intents[i].Rows.RowCount, intents[i].ContentHash);
        Array.Sort(ids, static (a, b) => a.Origin.CompareTo(b.Origin) is not 0 and var byOrigin ? byOrigin : a.Sequence.CompareTo(b.Sequence));

        var ranges = new List<SequenceRange>();
        foreach (var (origin, sequence, rows, content) in ids)
        {
            if (ranges.Count > 0 && ranges[^1] is var last && last.Origin == origin && last.Last + 1 == sequence && content == Guid.Empty
                && last.Content == Guid.Empty)
                ranges[^1] = last with { Last = sequence, Rows = last.Rows + rows };
            else
                ranges.Add(new SequenceRange(origin, sequence, sequence, rows, content));
        }

        AddAnchors(intents, ranges);
        return ranges;
    }

    /// <summary>The ranges for a ledger look-up of ids in any order.</summary>
    public static IReadOnlyList<SequenceRange> Of(IEnumerable<IntentId> ids)
    {
        var ranges = new List<SequenceRange>();
        foreach (var id in ids.OrderBy(static id => id.Origin).ThenBy(static id => id.Sequence))
        {
            if (ranges.Count > 0 && ranges[^1] is var last && last.Origin == id.Origin && last.Last + 1 >= id.Sequence)
                ranges[^1] = last with { Last = id.Sequence };
            else ranges.Add(new SequenceRange(id.Origin, id.Sequence, id.Sequence, 0));
        }

        return ranges;
    }

    /// <summary>One row for each anchor, even if several intents of the batch have it.</summary>
    private static void AddAnchors(IReadOnlyList<InsertIntent> intents, List<SequenceRange> ranges)
    {
        HashSet<Guid>? seen = null;
        foreach (var intent in intents)
        {
            if (intent.Anchors.Count == 0) continue;
            seen ??= [];
            foreach (var anchor in intent.Anchors)
            {
                if (seen.Add(anchor)) ranges.Add(SequenceRange.Anchor(anchor, intent.Id.Origin));
            }
        }
    }
}
