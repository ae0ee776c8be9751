using Coordinator.Intents;

namespace Coordinator.Core.Ledger;

/// <summary>What a ledger has of a batch: nothing, nearly always.</summary>
public sealed class KnownRanges(IReadOnlyList<KnownRange> ranges)
{
    private readonly ILookup<Guid, KnownRange> _byOrigin = ranges.ToLookup(static known => known.Range.Origin);

    /// <summary>Where the ranges begin.</summary>
    public IEnumerable<long> Firsts => ranges.Select(static known => known.Range.First);

    /// <summary>The row that has an intent, or null.</summary>
    public KnownRange? Find(IntentId id) => _byOrigin[id.Origin].FirstOrDefault(known => known.Has(id));

    /// <summary>Divides a batch into what is still to be written and what is there.</summary>
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

    /// <summary>The rows to add to the ledger for intents that it does not have: without the anchors that it has.</summary>
    public IReadOnlyList<SequenceRange> ToRecord(IReadOnlyList<InsertIntent> fresh)
    {
        var all = SequenceRanges.Of(fresh);
        return ranges.Count == 0 ? all : [.. all.Where(range => range.First != SequenceRange.AnchorSequence || Find(new IntentId(range.Origin, range.First)) is null)];
    }
}
