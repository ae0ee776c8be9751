namespace Coordinator.Rows;

/// <summary>Detects lone surrogates, which UTF-8 cannot express: the encoder would write U+FFFD in their place.</summary>
public static class Utf16
{
    /// <summary>True if every surrogate is part of a pair.</summary>
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
