namespace Coordinator.Core.Sql;

/// <summary>The table that a statement makes: CREATE TABLE, with a query or without, and SELECT … INTO.</summary>
/// <param name="Name">Its name, in exact parts.</param>
/// <param name="IsTemporary">Whether it lives as long as its session: TEMPORARY, and Redshift's <c>#name</c>.</param>
/// <param name="Query">The text of the query that fills it; null if there is none.</param>
internal sealed record MadeTable(IReadOnlyList<string> Name, bool IsTemporary, string? Query)
{
    /// <summary>The table that the statement makes; null if it makes none.</summary>
    /// <param name="text">The statement.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="verb">The position of its leading keyword, after any WITH.</param>
    public static MadeTable? Of(string text, IReadOnlyList<SqlToken> tokens, int verb) =>
        tokens[verb].IsWord("create") ? Created(text, tokens) : tokens[verb].IsWord("select") ? Selected(text, tokens, verb) : null;

    private static MadeTable? Created(string text, IReadOnlyList<SqlToken> tokens)
    {
        var table = SqlNames.Skip(tokens, 1, "or", "replace", "local", "global", "temp", "temporary");
        if (table >= tokens.Count || !tokens[table].IsWord("table")) return null;
        var at = SqlNames.Skip(tokens, table, "table", "if", "not", "exists");
        var name = SqlNames.At(tokens, at);
        return new MadeTable(name, tokens[table - 1].IsWord("temp", "temporary") || IsMarked(tokens, at, name), QueryAfterAs(text, tokens));
    }

    private static MadeTable? Selected(string text, IReadOnlyList<SqlToken> tokens, int verb)
    {
        if (Into(tokens, verb) is not { } into) return null;
        var at = SqlNames.Skip(tokens, into + 1, "local", "global", "temp", "temporary", "table");
        var name = SqlNames.At(tokens, at);
        if (name.Count == 0) return new MadeTable(name, IsTemporary: false, Query: null);
        var isTemporary = tokens.Take(at).Skip(into).Any(static token => token.IsWord("temp", "temporary")) || IsMarked(tokens, at, name);
        var last = tokens[at + (2 * name.Count) - 2];
        return new MadeTable(name, isTemporary, text[..tokens[into].Start] + text[last.End..]);
    }

    private static int? Into(IReadOnlyList<SqlToken> tokens, int verb)
    {
        var depth = 0;
        for (var i = verb; i < tokens.Count; i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            if (depth <= 0 && tokens[i].IsWord("into")) return i;
        }

        return null;
    }

    private static string? QueryAfterAs(string text, IReadOnlyList<SqlToken> tokens)
    {
        var depth = 0;
        foreach (var token in tokens)
        {
            depth += token.Is('(') ? 1 : token.Is(')') ? -1 : 0;
            if (depth == 0 && token.IsWord("as")) return text[token.End..];
        }

        return null;
    }

    private static bool IsMarked(IReadOnlyList<SqlToken> tokens, int at, IReadOnlyList<string> name) =>
        name.Count > 0 && tokens[at + (2 * name.Count) - 2].IsTemporary;
}
