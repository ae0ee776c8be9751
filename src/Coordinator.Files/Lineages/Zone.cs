namespace Coordinator.Files.Lineages;

/// <summary>Where in a file to search for the records of a committed range: between the known ranges before and after it.</summary>
/// <param name="Range">The range.</param>
/// <param name="Before">The shift of the known range before it.</param>
/// <param name="First">The first possible record.</param>
/// <param name="After">The shift of the known range after it.</param>
/// <param name="Last">The last possible record.</param>
/// <param name="IsBounded">True if there is a known range after it. Otherwise the zone extends to the end of the file, where records may have
/// been appended.</param>
internal sealed record Zone(LineageRange Range, long Before, long First, long After, long Last, bool IsBounded)
{
    /// <summary>The possible shifts of the range itself.</summary>
    public IEnumerable<long> Shifts => Before == After ? [Before] : [Before, After];

    /// <summary>The first record that the range may have become.</summary>
    public long FirstDoubtful => Math.Max(First, Range.Ordinal + Math.Min(Before, After));

    /// <summary>The last one. Without a known range after it, all records may be.</summary>
    public long LastDoubtful => IsBounded || Before == After ? Math.Min(Last, Range.Ordinal + Range.Count - 1 + Math.Max(Before, After)) : Last;

    /// <summary>The zones of all ranges of one generation without a place.</summary>
    /// <param name="ranges">The generation, ordered by ordinal.</param>
    /// <param name="placeOf">The first and the last record of a range in this file, or null.</param>
    /// <param name="records">The number of records in the file.</param>
    public static IEnumerable<Zone> Of(IReadOnlyList<LineageRange> ranges, Func<LineageRange, (long First, long Last)?> placeOf, long records)
    {
        var ends = new (long Shift, long Last, bool IsBounded)[ranges.Count];
        var end = (records - (ranges[^1].Ordinal + ranges[^1].Count - 1), records, false);
        for (var i = ranges.Count - 1; i >= 0; i--)
        {
            ends[i] = end;
            if (placeOf(ranges[i]) is { } place) end = (place.First - ranges[i].Ordinal, place.First - 1, true);
        }

        // The beginning of the file precedes the first range.
        var (shift, begin) = (0L, 1L);
        for (var i = 0; i < ranges.Count; i++)
        {
            if (placeOf(ranges[i]) is { } place) (shift, begin) = (place.Last - ranges[i].Ordinal - ranges[i].Count + 1, place.Last + 1);
            else yield return new Zone(ranges[i], shift, begin, ends[i].Shift, ends[i].Last, ends[i].IsBounded);
        }
    }
}
