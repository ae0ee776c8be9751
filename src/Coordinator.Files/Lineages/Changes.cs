namespace Coordinator.Files.Lineages;

/// <summary>Explains the ranges of a lineage that are not complete in a file. A range without an exact explanation is reported with all records
/// that may belong to it: these are neither inserted nor dropped silently.</summary>
/// <param name="placement">The lineage's ranges.</param>
/// <param name="index">The file.</param>
/// <param name="askAnchors">Returns which of the anchors are in the ledger.</param>
/// <param name="maxExplained">The maximum number of ranges for which a single change is searched: each may cost thousands of ledger
/// look-ups.</param>
internal sealed class Changes(
    Placement placement, RecordIndex index, Func<IReadOnlyList<Guid>, Task<IReadOnlySet<Guid>>> askAnchors, int maxExplained)
{
    /// <summary>The maximum number of inserted records within a range that the search allows.</summary>
    private const int MaxInserted = 1000;

    private readonly Dictionary<LineageRange, ChangedRange> _explained = [];

    /// <summary>Explains all ranges without a place.</summary>
    public async Task<IReadOnlyList<ChangedRange>> ExplainAsync()
    {
        // An explained range limits the places of the others, so the most certain kind of explanation runs for all ranges before the next kind.
        await ExplainAsync(zone => Task.FromResult(Split(zone)));
        await ExplainAsync(ChangedAsync);
        foreach (var zone in Zones()) Take(zone.Range, Doubtful(zone));
        return [.. _explained.Values];
    }

    private async Task ExplainAsync(Func<Zone, Task<ChangedRange?>> explain)
    {
        for (var known = -1; known < _explained.Count;)
        {
            known = _explained.Count;
            var open = Zones().Where(static z => z.Range.Count <= RangeHypotheses.MaxRecords && z.Range.Content != Guid.Empty);
            foreach (var zone in open.Take(maxExplained).ToList())
            {
                if (await explain(zone) is { } change) Take(zone.Range, change);
            }
        }
    }

    /// <summary>All its records exist, with others between them.</summary>
    private ChangedRange? Split(Zone zone)
    {
        var places = Places(zone, zone.Range.Ordinal + zone.Shifts.Min() - MaxInserted, 2 * MaxInserted);
        var found = SplitRange.Find(
            [.. places.Select(ordinal => index.Content(ordinal))], (int)zone.Range.Count, RangeHypotheses.ContentOf(zone.Range));
        return found is null ? null : new ChangedRange([.. found.Select(i => places[i])], [], true, 0);
    }

    /// <summary>One of its records was edited or removed.</summary>
    private async Task<ChangedRange?> ChangedAsync(Zone zone)
    {
        foreach (var shift in zone.Shifts)
        {
            var places = Places(zone, zone.Range.Ordinal + shift, 0);
            var hypotheses = new RangeHypotheses(
                zone.Range, places, [.. places.Select(ordinal => index.Content(ordinal))], content => Find(zone, content));
            if (await hypotheses.ChangedAsync(askAnchors) is { } change) return change;
        }

        return null;
    }

    /// <summary>Free records, up to <paramref name="more"/> more than the range has.</summary>
    private List<long> Places(Zone zone, long first, int more) =>
        [.. placement.Free.Within(Math.Max(zone.First, first), zone.Last).Take((int)zone.Range.Count + more)];

    private long? Find(Zone zone, UInt128 content)
    {
        foreach (var ordinal in placement.Free.Within(zone.First, zone.Last).Take(RangeHypotheses.MaxRecords + MaxInserted))
        {
            if (index.Content(ordinal) == content) return ordinal;
        }

        return null;
    }

    private List<Zone> Zones() =>
        [.. placement.Ranges.GroupBy(static r => r.Generation).SelectMany(g => Zone.Of([.. g.OrderBy(static r => r.Ordinal)], PlaceOf, index.Count))];

    private (long First, long Last)? PlaceOf(LineageRange range)
    {
        if (placement.Places.TryGetValue(range, out var place)) return (place, place + range.Count - 1);
        if (!_explained.TryGetValue(range, out var change)) return null;
        var records = change.Same.Concat(change.Changed).ToList();
        return records.Count > 0 ? (records.Min(), records.Max()) : null;
    }

    private void Take(LineageRange range, ChangedRange change)
    {
        _explained.Add(range, change);
        foreach (var ordinal in change.Same.Concat(change.Changed)) placement.Free.Take(ordinal, 1);
    }

    /// <summary>All records that the range may have become.</summary>
    private ChangedRange Doubtful(Zone zone)
    {
        var records = placement.Free.Within(zone.FirstDoubtful, zone.LastDoubtful).ToList();
        return new ChangedRange([], records, IsExact: zone.Range.Count == 1 && records.Count <= 1, records.Count == 0 ? zone.Range.Count : 0);
    }
}
