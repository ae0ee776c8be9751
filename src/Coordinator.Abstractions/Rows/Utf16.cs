namespace Coordinator.Rows;

/// <summary>Tells text from halves of surrogate pairs, which UTF-8 cannot hold: the encoder would write U+FFFD in their place.</summary>
public static class Utf16
{
    /// <summary>True if every surrogate has its other half.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0;)
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
            var next = text[(at + 2)..].IndexOfAnyInRange('\uD800', '\uDFFF');
            at = next < 0 ? -1 : at + 2 + next;
        }

        return true;
    }
}
