namespace Coordinator.Errors;

/// <summary>Suggests names that are similar to an unknown name.</summary>
public static class NearestName
{
    private const int MaxCompared = 10_000;

    /// <summary>The names close to an unknown one, nearest first; empty if none is close.</summary>
    public static IReadOnlyList<string> Of(string wrong, IEnumerable<string> known, int count = 1)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        var far = Math.Max(2, wrong.Length / 3);
        return [.. known.Take(MaxCompared)
            .Select(name => (Name: name, Distance: Distance(wrong.ToUpperInvariant(), name.ToUpperInvariant(), far)))
            .Where(near => near.Distance <= far)
            .OrderBy(static near => near.Distance)
            .ThenBy(static near => near.Name, StringComparer.Ordinal)
            .Take(count)
            .Select(static near => near.Name)];
    }

    /// <summary>The last sentence of an error: <c> Did you mean a or b?</c>, or nothing.</summary>
    public static string Hint(string wrong, IEnumerable<string> known, int count = 1) =>
        Of(wrong, known, count) is { Count: > 0 } near ? $" Did you mean {string.Join(" or ", near)}?" : "";

    /// <summary>The Levenshtein distance; any value above the limit may be returned as limit + 1.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit) return limit + 1;
        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
