using System.Text;

namespace Coordinator.Tables;

/// <summary>SQL's rules for identifiers: case folding, quoting, and the parts of a dotted name.</summary>
public static class IdentifierText
{
    /// <summary>Writes an exact name as SQL: bare if it has only lower-case letters, digits and <c>_</c>, else in quotes.</summary>
    public static string Quote(string exact)
    {
        ArgumentNullException.ThrowIfNull(exact);
        return NeedsNoQuotes(exact) ? exact : QuoteAlways(exact);
    }

    /// <summary>Writes an exact name in quotes. This also allows reserved words.</summary>
    public static string QuoteAlways(string exact)
    {
        ArgumentNullException.ThrowIfNull(exact);
        return "\"" + exact.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    /// <summary>Splits a dotted name into exact parts: bare parts are folded to lower case, quoted parts are kept.</summary>
    /// <param name="text">Such as <c>sales."Big Table"</c>.</param>
    /// <param name="folds">False if the name comes from a person who omits quotes without meaning another case.</param>
    /// <exception cref="FormatException">A quote is not closed, a part is empty, or a bare part contains a character that needs
    /// quotes.</exception>
    public static string[] Split(string text, bool folds = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new List<string>(2);
        var at = 0;
        while (true)
        {
            parts.Add(at < text.Length && text[at] == '"' ? ReadQuoted(text, ref at) : ReadBare(text, folds, ref at));
            if (at == text.Length) return [.. parts];
            if (text[at] != '.') throw new FormatException($"'{text}' is not a table name: unexpected '{text[at]}' at position {at + 1}.");
            at++;
        }
    }

    private static bool NeedsNoQuotes(string exact)
    {
        if (exact.Length == 0 || exact[0] is not ((>= 'a' and <= 'z') or '_')) return false;
        foreach (var c in exact)
        {
            if (!(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')) return false;
        }

        return true;
    }

    private static string ReadQuoted(string text, ref int at)
    {
        var part = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] != '"') part.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '"') part.Append(text[++i]);
            else
            {
                at = i + 1;
                return part.ToString();
            }
        }

        throw new FormatException($"'{text}' is not a table name: the quote at position {at + 1} is not closed.");
    }

    private static string ReadBare(string text, bool folds, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$')) at++;
        if (at == start)
        {
            var found = at < text.Length ? $"'{text[at]}'" : "the end";
            throw new FormatException(
                $"'{text}' is not a table name: expected an identifier at position {at + 1}, found {found}. Put unusual names in double quotes.");
        }

        return folds ? text[start..at].ToLowerInvariant() : text[start..at];
    }
}
