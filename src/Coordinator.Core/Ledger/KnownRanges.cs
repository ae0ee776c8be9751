using Coordinator.Intents;

namespace Coordinator.Core.Ledger;

/// <summary>The ledger rows for a batch: usually none.</summary>
public sealed class KnownRanges(IReadOnlyList<KnownRange> ranges)
{
    private readonly ILookup<Guid, KnownRange> _byOrigin = ranges.ToLookup(static known => known.Range.Origin);

    /// <summary>The first sequence of each range.</summary>
    public IEnumerable<long> Firsts => ranges.Select(static known => known.Range.First);

    /// <summary>The row that contains an intent, or null.</summary>
    public KnownRange? Find(IntentId id) => _byOrigin[id.Origin].FirstOrDefault(known => known.Has(id));

    /// <summary>Splits a batch into intents that must be written and intents in the ledger.</summary>
    public (IReadOnlyList<InsertIntent> Fresh, IReadOnlyDictionary<IntentId, KnownRange> Already) Divide(IReadOnlyList<InsertIntent> intents)
    {
        ArgumentNullException.ThrowIfNull(intents);
        var already = new Dictionary<IntentId, KnownRange>();
        if (ranges.Count == 0) return (intents, already);
        var fresh = new List<InsertIntent>(intents.Count);
        foreach (var intent in intents)
        {
            if (Find(intent.Id) is { } known) already.Add(intent.Id, known);
            else fresh.Add(intent);
        }

        return (fresh, already);
    }

    /// <summary>The ledger rows to add for intents that are not in it: without anchors that it already has.</summary>
    public IReadOnlyList<SequenceRange> ToRecord(IReadOnlyList<InsertIntent> fresh)
    {
        var all = SequenceRanges.Of(fresh);
        return ranges.Count == 0
            ? all
            : [.. all.Where(range => range.First != SequenceRange.AnchorSequence || Find(new IntentId(range.Origin, range.First)) is null)];
    }
}
