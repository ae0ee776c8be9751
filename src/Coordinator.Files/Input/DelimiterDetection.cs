namespace Coordinator.Files.Input;

/// <summary>Finds the delimiter between the names of a header row.</summary>
internal static class DelimiterDetection
{
    private const string Candidates = ",;\t|";

    /// <summary>The most frequent delimiter outside quotes; a comma if there is none.</summary>
    /// <param name="beginning">The first bytes of the file, in UTF-8.</param>
    public static char Of(ReadOnlySpan<byte> beginning)
    {
        Span<int> counts = stackalloc int[Candidates.Length];
        var isQuoted = false;
        var isEmpty = true;
        foreach (var c in beginning)
        {
            if (c is (byte)'\n' or (byte)'\r' && !isQuoted)
            {
                if (!isEmpty) break;
                continue;
            }

            isEmpty = false;
            if (c == '"') isQuoted = !isQuoted;
            else if (!isQuoted && Candidates.IndexOf((char)c, StringComparison.Ordinal) is >= 0 and var candidate) counts[candidate]++;
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[best]) best = i;
        }

        return Candidates[best];
    }

    /// <summary>A delimiter as text.</summary>
    public static string Name(char delimiter) => delimiter == '\t' ? "tab" : $"'{delimiter}'";
}
