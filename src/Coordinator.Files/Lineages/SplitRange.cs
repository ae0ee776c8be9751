namespace Coordinator.Files.Lineages;

/// <summary>Finds all records of a committed range with other records inserted at one place between them. The range may begin
/// anywhere.</summary>
internal static class SplitRange
{
    private const long MaxComparisons = 4_000_000;

    /// <summary>Finds a range.</summary>
    /// <param name="contents">The contents of free records, in order.</param>
    /// <param name="count">The number of records of the range.</param>
    /// <param name="content">The sum of their contents.</param>
    /// <returns>The indexes of its records, or null.</returns>
    public static IEnumerable<int>? Find(IReadOnlyList<UInt128> contents, int count, UInt128 content)
    {
        var sums = new UInt128[contents.Count + 1];
        for (var i = 0; i < contents.Count; i++) sums[i + 1] = sums[i] + contents[i];
        var most = Math.Min(contents.Count - count, MaxComparisons / Math.Max(1, contents.Count));
        for (var more = 0; more <= most; more++)
        {
            var between = Stretches(sums, more);
            for (var first = 0; first + count + more <= contents.Count; first++)
            {
                // The surplus must be the sum of that many consecutive records.
                var tooMuch = sums[first + count + more] - sums[first] - content;
                if (more == 0 && tooMuch == 0) return Enumerable.Range(first, count);
                if (more > 0 && between.TryGetValue(tooMuch, out var at) && at >= first && at <= first + count)
                    return Enumerable.Range(first, at - first).Concat(Enumerable.Range(at + more, first + count - at));
            }
        }

        return null;
    }

    private static Dictionary<UInt128, int> Stretches(UInt128[] sums, int length)
    {
        var stretches = new Dictionary<UInt128, int>();
        for (var first = 0; length > 0 && first + length < sums.Length; first++) stretches[sums[first + length] - sums[first]] = first;
        return stretches;
    }
}
