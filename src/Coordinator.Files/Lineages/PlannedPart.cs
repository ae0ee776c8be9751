namespace Coordinator.Files.Lineages;

/// <summary>Consecutive records that are not sent.</summary>
/// <param name="First">The ordinal of the first.</param>
/// <param name="Last">The ordinal of the last.</param>
/// <param name="Fate">Their state.</param>
internal readonly record struct PlannedPart(long First, long Last, RecordFate Fate)
{
    /// <summary>Joins adjacent parts with the same state.</summary>
    public static IReadOnlyList<PlannedPart> Of(IEnumerable<(long First, long Last, RecordFate Fate)> parts)
    {
        var joined = new List<PlannedPart>();
        foreach (var (first, last, fate) in parts.OrderBy(static p => p.First))
        {
            if (joined.Count > 0 && joined[^1].Fate == fate && joined[^1].Last + 1 == first) joined[^1] = joined[^1] with { Last = last };
            else joined.Add(new PlannedPart(first, last, fate));
        }

        return joined;
    }
}
