using System.Globalization;

namespace Coordinator.Core.Sql;

/// <summary>All ways in which a warehouse may split a text. Rules that refuse SQL check all of them, because a string in one reading may be a
/// statement in another.</summary>
internal static class SqlReadings
{
    /// <summary>The different readings: by both dialects, and DuckDB treats more characters as white space.</summary>
    public static IEnumerable<IReadOnlyList<SqlStatement>> Of(string sql) =>
        Readings(sql).Select(static r => SqlText.Split(r.Text, r.Dialect));

    /// <summary>The readings of a function's body, not split into statements.</summary>
    public static IEnumerable<IReadOnlyList<SqlToken>> TokensOf(string body) =>
        Readings(body).Select(static r => SqlTokenizer.Read(r.Text, r.Dialect).ToList());

    private static IEnumerable<(string Text, SqlDialect Dialect)> Readings(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var plain = sql.Any(IsBlank) ? string.Create(sql.Length, sql, static (to, from) => Blank(from, to)) : sql;
        foreach (var text in plain == sql ? [sql] : new[] { sql, plain })
        {
            yield return (text, SqlDialect.Standard);
            if (text.AsSpan().ContainsAny('\\', '#')) yield return (text, SqlDialect.Redshift);
        }
    }

    private static void Blank(string from, Span<char> to)
    {
        for (var i = 0; i < to.Length; i++) to[i] = IsBlank(from[i]) ? ' ' : from[i];
    }

    /// <summary>No-break, typographic and zero-width spaces, and the byte order mark.</summary>
    private static bool IsBlank(char c) => c > '\u007f' && (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);
}
