namespace Coordinator.Core.Sql;

/// <summary>Reads names from tokens.</summary>
public static class SqlNames
{
    /// <summary>The names that SQL calls: directly before a parenthesis.</summary>
    public static IEnumerable<string> CallsIn(string sql) => Calls([.. SqlTokenizer.Read(sql, SqlDialect.Standard)]);

    /// <summary>Every dotted name, including keywords and columns. The caller decides which of them are tables.</summary>
    public static IEnumerable<IReadOnlyList<string>> All(IReadOnlyList<SqlToken> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsName && (i == 0 || !tokens[i - 1].Is('.'))) yield return At(tokens, i);
        }
    }

    internal static IEnumerable<string> Calls(IReadOnlyList<SqlToken> tokens)
    {
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            if (tokens[i].IsName && tokens[i + 1].Is('(')) yield return tokens[i].Value;
        }
    }

    /// <summary>The first position from here that is none of these keywords.</summary>
    public static int Skip(IReadOnlyList<SqlToken> tokens, int from, params ReadOnlySpan<string> words)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        while (from < tokens.Count && tokens[from].IsWord(words)) from++;
        return from;
    }

    /// <summary>The dotted name that begins here, in exact parts; empty if there is none.</summary>
    public static IReadOnlyList<string> At(IReadOnlyList<SqlToken> tokens, int from)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var parts = new List<string>();
        for (var i = from; i < tokens.Count && tokens[i].IsName; i += 2)
        {
            parts.Add(tokens[i].Value);
            if (i + 1 >= tokens.Count || !tokens[i + 1].Is('.')) break;
        }

        return parts;
    }

    /// <summary>The comma-separated names that begin here.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> List(IReadOnlyList<SqlToken> tokens, int from)
    {
        var names = new List<IReadOnlyList<string>>();
        while (At(tokens, from) is { Count: > 0 } name)
        {
            names.Add(name);
            from += (2 * name.Count) - 1;
            if (from >= tokens.Count || !tokens[from].Is(',')) break;
            from++;
        }

        return names;
    }
}
