using System.Globalization;

namespace Coordinator.Core.Sql;

/// <summary>
/// Every way in which a warehouse may divide a text. Rules that refuse SQL look at all of them: what one reading takes for a string is a statement in
/// another.
/// </summary>
internal static class SqlReadings
{
    /// <summary>The readings that differ: a backslash escapes or does not, and DuckDB takes more characters for white space.</summary>
    public static IEnumerable<IReadOnlyList<SqlStatement>> Of(string sql) =>
        Readings(sql).Select(static r => SqlText.Split(r.Text, r.BackslashEscapes));

    /// <summary>The readings of a function's body, undivided.</summary>
    public static IEnumerable<IReadOnlyList<SqlToken>> TokensOf(string body) =>
        Readings(body).Select(static r => SqlTokenizer.Read(r.Text, r.BackslashEscapes).ToList());

    private static IEnumerable<(string Text, bool BackslashEscapes)> Readings(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var plain = sql.Any(IsBlank) ? string.Create(sql.Length, sql, static (to, from) => Blank(from, to)) : sql;
        foreach (var text in plain == sql ? [sql] : new[] { sql, plain })
        {
            yield return (text, false);
            if (text.Contains('\\', StringComparison.Ordinal)) yield return (text, true);
        }
    }

    private static void Blank(string from, Span<char> to)
    {
        for (var i = 0; i < to.Length; i++) to[i] = IsBlank(from[i]) ? ' ' : from[i];
    }

    /// <summary>No-break spaces, typographic ones, those without width and the byte order mark.</summary>
    private static bool IsBlank(char c) => c > '\u007f' && (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);
}
