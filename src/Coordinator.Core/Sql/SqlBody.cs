using System.Globalization;
using System.Text;

namespace Coordinator.Core.Sql;

/// <summary>Reads the content of a string or a dollar quote: the body of DO or of a function, and SQL that a body builds.</summary>
public static class SqlBody
{
    /// <summary>The text within a literal; null if it is not a string.</summary>
    /// <param name="literal">The token.</param>
    /// <param name="dialect">The rules by which it was read.</param>
    public static string? Text(SqlToken literal, SqlDialect dialect = SqlDialect.Standard)
    {
        if (literal.Kind != SqlTokenKind.Literal) return null;
        var text = literal.Value;
        return text[0] switch
        {
            '\'' when dialect == SqlDialect.Redshift => Unescape(Inner(text, 1)),
            '\'' => Inner(text, 1).Replace("''", "'", StringComparison.Ordinal),
            'e' or 'E' when text.Length > 1 && text[1] == '\'' => Unescape(Inner(text, 2)),
            '$' when text.IndexOf('$', 1) is > 0 and var tag => text[(tag + 1)..Math.Max(tag + 1, text.Length - tag - 1)],
            _ => null,
        };
    }

    private static string Inner(string text, int start) => text[start..(text.Length > start && text[^1] == '\'' ? ^1 : ^0)];

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'' && i + 1 < text.Length && text[i + 1] == '\'') i++;
            if (text[i] != '\\' || i + 1 == text.Length) plain.Append(text[i]);
            else plain.Append(Escaped(text, ref i));
        }

        return plain.ToString();
    }

    private static char Escaped(string text, ref int at)
    {
        var c = text[++at];
        var (digits, radix) = c switch
        {
            'x' => (2, 16),
            'u' => (4, 16),
            'U' => (8, 16),
            >= '0' and <= '7' => (3, 8),
            _ => (0, 0),
        };
        if (radix == 0) return c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' or 'f' => ' ', _ => c };
        var start = radix == 8 ? at : at + 1;
        var end = start;
        while (end < text.Length && end < start + digits && char.IsAsciiHexDigit(text[end]) && (radix == 16 || text[end] is >= '0' and <= '7')) end++;
        if (end == start) return c;
        at = end - 1;
        var code = radix == 16
            ? long.Parse(text.AsSpan(start, end - start), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : Convert.ToInt64(text[start..end], 8);
        return code is > 0 and <= char.MaxValue ? (char)code : '?';
    }
}
