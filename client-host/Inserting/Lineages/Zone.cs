namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>Where in a file the records of a committed range are to be looked for: between what is known to stand before it and after it.</summary>
/// <param name="Range">The range.</param>
/// <param name="Before">How far what stands before it has moved.</param>
/// <param name="First">The first record that it may have.</param>
/// <param name="After">How far what stands after it has moved.</param>
/// <param name="Last">The last record that it may have.</param>
/// <param name="IsBounded">True if something is known to stand after it. Else the end of the file does, and records may have been appended before
/// that.</param>
internal sealed record Zone(LineageRange Range, long Before, long First, long After, long Last, bool IsBounded)
{
    /// <summary>How far the range itself may have moved.</summary>
    public IEnumerable<long> Shifts => Before == After ? [Before] : [Before, After];

    /// <summary>The first record that the range may have become.</summary>
    public long FirstDoubtful => Math.Max(First, Range.Ordinal + Math.Min(Before, After));

    /// <summary>The last one. Where nothing is known to follow, all may be.</summary>
    public long LastDoubtful => IsBounded || Before == After ? Math.Min(Last, Range.Ordinal + Range.Count - 1 + Math.Max(Before, After)) : Last;

    /// <summary>The zones of those ranges of one generation whose place is not known.</summary>
    /// <param name="ranges">The generation, in the order of its ordinals.</param>
    /// <param name="placeOf">The first and the last record of a range in this file, or null.</param>
    /// <param name="records">The records of the file.</param>
    public static IEnumerable<Zone> Of(IReadOnlyList<LineageRange> ranges, Func<LineageRange, (long First, long Last)?> placeOf, long records)
    {
        var ends = new (long Shift, long Last, bool IsBounded)[ranges.Count];
        var end = (records - (ranges[^1].Ordinal + ranges[^1].Count - 1), records, false);
        for (var i = ranges.Count - 1; i >= 0; i--)
        {
            ends[i] = end;
            if (placeOf(ranges[i]) is { } place) end = (place.First - ranges[i].Ordinal, place.First - 1, true);
        }

        // Before the first range stands the beginning of the file.
        var (shift, begin) = (0L, 1L);
        for (var i = 0; i < ranges.Count; i++)
        {
            if (placeOf(ranges[i]) is { } place) (shift, begin) = (place.Last - ranges[i].Ordinal - ranges[i].Count + 1, place.Last + 1);
            else yield return new Zone(ranges[i], shift, begin, ends[i].Shift, ends[i].Last, ends[i].IsBounded);
        }
    }
}
