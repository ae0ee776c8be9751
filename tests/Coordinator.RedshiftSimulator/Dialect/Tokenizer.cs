namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>Splits SQL into tokens as Redshift does: a backslash escapes within any string, comments nest.</summary>
/// <remarks>Separate from the adapter's tokenizer on purpose: the judge of the adapter must not share its parser.</remarks>
internal static class Tokenizer
{
    public static List<Token> Read(string sql)
    {
        var tokens = new List<Token>();
        var depth = 0;
        for (var at = 0; at < sql.Length;)
        {
            var end = Skip(sql, at);
            if (end > at)
            {
                at = end;
                continue;
            }

            var c = sql[at];
            if (c == ')') depth--;
            var kind = KindOf(sql, at);
            end = EndOf(sql, at, kind);
            var text = sql[at..end];
            tokens.Add(new Token(kind, kind == TokenKind.Word ? text.ToUpperInvariant() : text, at, end, depth));
            if (c == '(') depth++;
            at = end;
        }

        return tokens;
    }

    private static TokenKind KindOf(string sql, int at) => sql[at] switch
    {
        '\'' => TokenKind.Text,
        '"' => TokenKind.QuotedName,
        '$' when at + 1 < sql.Length && char.IsAsciiDigit(sql[at + 1]) => TokenKind.Parameter,
        '$' => TokenKind.Text,
        >= '0' and <= '9' => TokenKind.Number,
        var c when char.IsLetter(c) || c == '_' => TokenKind.Word,
        _ => TokenKind.Symbol,
    };

    private static int EndOf(string sql, int at, TokenKind kind)
    {
        var end = at + 1;
        switch (kind)
        {
            case TokenKind.Text when sql[at] == '$': return EndOfDollarQuote(sql, at);
            case TokenKind.Text or TokenKind.QuotedName: return EndOfQuote(sql, at);
            case TokenKind.Number:
                while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '.')) end++;
                return end;
            case TokenKind.Word or TokenKind.Parameter:
                while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] is '_' or '$')) end++;
                return end;
            default:
                return sql.AsSpan(at).StartsWith("::") ? at + 2 : end;
        }
    }

    private static int EndOfQuote(string sql, int at)
    {
        var quote = sql[at];
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (sql[i] == '\\' && quote == '\'') i++;
            else if (sql[i] != quote) continue;
            else if (i + 1 < sql.Length && sql[i + 1] == quote) i++;
            else return i + 1;
        }

        return sql.Length;
    }

    private static int EndOfDollarQuote(string sql, int at)
    {
        var tagEnd = sql.IndexOf('$', at + 1);
        if (tagEnd < 0) return at + 1;
        var tag = sql[at..(tagEnd + 1)];
        var close = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return close < 0 ? sql.Length : close + tag.Length;
    }

    /// <summary>The offset after the blank or comment that begins here.</summary>
    private static int Skip(string sql, int at)
    {
        if (char.IsWhiteSpace(sql[at])) return at + 1;
        var rest = sql.AsSpan(at);
        if (rest.StartsWith("--")) return sql.IndexOf('\n', at) is >= 0 and var line ? line + 1 : sql.Length;
        if (!rest.StartsWith("/*")) return at;
        var open = 0;
        for (var i = at; i < sql.Length - 1; i++)
        {
            if (sql[i] == '/' && sql[i + 1] == '*') (open, i) = (open + 1, i + 1);
            else if (sql[i] == '*' && sql[i + 1] == '/') (open, i) = (open - 1, i + 1);
            if (open == 0) return i + 1;
        }

        return sql.Length;
    }
}
