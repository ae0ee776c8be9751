using Coordinator.Core.Ledger;
using Coordinator.Intents;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>What a ledger has of a batch: nothing, nearly always.</summary>
internal sealed class KnownRanges(IReadOnlyList<KnownRange> ranges)
{
    private readonly ILookup<Guid, KnownRange> _byOrigin = ranges.ToLookup(static range => range.Origin);

    public IEnumerable<long> Firsts => ranges.Select(static range => range.First);

    public KnownRange? Find(IntentId id) => _byOrigin[id.Origin].FirstOrDefault(range => range.First <= id.Sequence && id.Sequence <= range.Last);

    /// <summary>Divides a batch into what is still to be written and what is there.</summary>
    public (IReadOnlyList<InsertIntent> Fresh, IReadOnlyDictionary<IntentId, LedgerEntry> Already) Divide(IReadOnlyList<InsertIntent> intents)
    {
        var fresh = new List<InsertIntent>(intents.Count);
        var already = new Dictionary<IntentId, LedgerEntry>();
        foreach (var intent in intents)
        {
            if (Find(intent.Id) is { } known) already.Add(intent.Id, known.Entry);
            else fresh.Add(intent);
        }

        return (fresh, already);
    }
}
