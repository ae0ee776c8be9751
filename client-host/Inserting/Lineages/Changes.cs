namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>
/// Explains the ranges of a lineage that are not whole in a file. What cannot be explained exactly is reported with all records that it may be: those are
/// neither inserted nor dropped in silence.
/// </summary>
/// <param name="placement">The lineage's ranges.</param>
/// <param name="index">The file.</param>
/// <param name="askAnchors">Tells which of these anchors the ledger has.</param>
/// <param name="maxExplained">The most ranges whose single change is looked for: each may cost thousands of questions to the ledger.</param>
internal sealed class Changes(
    Placement placement, RecordIndex index, Func<IReadOnlyList<Guid>, Task<IReadOnlySet<Guid>>> askAnchors, int maxExplained)
{
    /// <summary>How many records that came within a range are looked for at most.</summary>
    private const int MaxInserted = 1000;

    private readonly Dictionary<LineageRange, ChangedRange> _explained = [];

    /// <summary>Explains all ranges that have no place.</summary>
    public async Task<IReadOnlyList<ChangedRange>> ExplainAsync()
    {
        // What is explained bounds what is not: so the surest explanation of any range comes before the next kind for all others.
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

    /// <summary>All of its records are there, with others between them.</summary>
    private ChangedRange? Split(Zone zone)
    {
        var places = Places(zone, zone.Range.Ordinal + zone.Shifts.Min() - MaxInserted, 2 * MaxInserted);
        var found = SplitRange.Find(
            [.. places.Select(ordinal => index.Content(ordinal))], (int)zone.Range.Count, RangeHypotheses.ContentOf(zone.Range));
        return found is null ? null : new ChangedRange([.. found.Select(i => places[i])], [], true, 0);
    }

    /// <summary>One of its records is another now, or is gone.</summary>
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

    /// <summary>Free records, some more than the range has.</summary>
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
