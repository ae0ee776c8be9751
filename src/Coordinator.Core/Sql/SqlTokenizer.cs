namespace Coordinator.Core.Sql;

/// <summary>Splits SQL into tokens by the rules that PostgreSQL, Redshift and DuckDB share: quotes, dollar quotes, escape strings, nested
/// comments.</summary>
/// <remarks>An unclosed quote or comment is one token up to the end: the warehouse reports the error better.</remarks>
internal static class SqlTokenizer
{
    /// <param name="sql">The text.</param>
    /// <param name="dialect">The rules of the warehouse.</param>
    public static IEnumerable<SqlToken> Read(string sql, SqlDialect dialect)
    {
        var at = 0;
        while (SkipBlank(sql, ref at))
        {
            var start = at;
            var c = sql[at];
            var kind = SqlTokenKind.Literal;
            if (c == '\'') at = StringEnd(sql, at, dialect == SqlDialect.Redshift);
            else if (c is 'e' or 'E' && Next(sql, at) == '\'') at = EscapeStringEnd(sql, at + 1);
            else if (c == '"') (at, kind) = (QuotedEnd(sql, at), SqlTokenKind.Quoted);
            else if (IsWordStart(c) || IsTemporaryName(sql, at, dialect)) (at, kind) = (WordEnd(sql, at), SqlTokenKind.Word);
            else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Next(sql, at)))) at = NumberEnd(sql, at);
            else if (c == '$') at = DollarEnd(sql, at);
            else (at, kind) = (at + 1, SqlTokenKind.Symbol);
            yield return new SqlToken(kind, ValueOf(sql[start..at], kind), start, at);
        }
    }

    private static string ValueOf(string text, SqlTokenKind kind) => kind switch
    {
        SqlTokenKind.Word => text.ToLowerInvariant(),
        SqlTokenKind.Quoted => text.Trim('"') is var inner && text.Length >= 2 && text[^1] == '"'
            ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
            : inner,
        _ => text,
    };

    private static char Next(string sql, int at) => at + 1 < sql.Length ? sql[at + 1] : '\0';

    private static bool IsWordStart(char c) => char.IsLetter(c) || c == '_' || c > '\u007f';

    /// <summary><c>#name</c>. Directly after a name, a number or a parenthesis, or before anything but a name, the character is the
    /// operator.</summary>
    private static bool IsTemporaryName(string sql, int at, SqlDialect dialect) =>
        dialect == SqlDialect.Redshift && sql[at] == '#' && IsWordStart(Next(sql, at))
        && (at == 0 || !(IsWordStart(sql[at - 1]) || char.IsAsciiDigit(sql[at - 1]) || sql[at - 1] is '$' or '"' or ')' or '#'));

    private static bool SkipBlank(string sql, ref int at)
    {
        while (at < sql.Length)
        {
            if (sql[at] is ' ' or (>= '\t' and <= '\r')) at++;
            else if (sql[at] == '-' && Next(sql, at) == '-') at = LineEnd(sql, at);
            else if (sql[at] == '/' && Next(sql, at) == '*') at = CommentEnd(sql, at);
            else return true;
        }

        return false;
    }

    /// <summary>A line comment also ends at a carriage return: the text after it is executed.</summary>
    private static int LineEnd(string sql, int at) => sql.AsSpan(at).IndexOfAny('\n', '\r') is >= 0 and var length ? at + length : sql.Length;

    private static int CommentEnd(string sql, int at)
    {
        for (var depth = 0; at < sql.Length; at++)
        {
            if (sql[at] == '/' && Next(sql, at) == '*') (depth, at) = (depth + 1, at + 1);
            else if (sql[at] == '*' && Next(sql, at) == '/')
            {
                at++;
                if (--depth == 0) return at + 1;
            }
        }

        return sql.Length;
    }

    private static int StringEnd(string sql, int quote, bool backslash)
    {
        for (var i = quote + 1; i < sql.Length; i++)
        {
            if (sql[i] == '\\' && backslash) i++;
            else if (sql[i] == '\'')
            {
                if (Next(sql, i) != '\'') return i + 1;
                i++;
            }
        }

        return sql.Length;
    }

    /// <summary>An escape string continues in the next pair of quotes if only white space with a line end is between, and backslashes escape
    /// there too.</summary>
    private static int EscapeStringEnd(string sql, int quote)
    {
        while (true)
        {
            var end = StringEnd(sql, quote, backslash: true);
            var next = end;
            if (!SkipBlank(sql, ref next) || sql[next] != '\'' || sql.AsSpan(end, next - end).IndexOfAny('\n', '\r') < 0) return end;
            quote = next;
        }
    }

    private static int QuotedEnd(string sql, int quote)
    {
        for (var i = quote + 1; i < sql.Length; i++)
        {
            if (sql[i] != '"') continue;
            if (Next(sql, i) != '"') return i + 1;
            i++;
        }

        return sql.Length;
    }

    private static int WordEnd(string sql, int at)
    {
        if (sql[at] == '#') at++;
        while (at < sql.Length && (IsWordStart(sql[at]) || char.IsAsciiDigit(sql[at]) || sql[at] == '$')) at++;
        return at;
    }

    private static int NumberEnd(string sql, int at)
    {
        while (at < sql.Length && (char.IsAsciiLetterOrDigit(sql[at]) || sql[at] is '.' or '_')) at++;
        return at;
    }

    /// <summary>A dollar quote ends at its own tag; <c>$1</c> is a parameter.</summary>
    private static int DollarEnd(string sql, int at)
    {
        var tag = at + 1;
        if (tag < sql.Length && char.IsAsciiDigit(sql[tag])) return NumberEnd(sql, tag);
        while (tag < sql.Length && (IsWordStart(sql[tag]) || char.IsAsciiDigit(sql[tag]))) tag++;
        if (tag == sql.Length || sql[tag] != '$') return at + 1;
        var mark = sql[at..(tag + 1)];
        return sql.IndexOf(mark, tag + 1, StringComparison.Ordinal) is >= 0 and var end ? end + mark.Length : sql.Length;
    }
}
