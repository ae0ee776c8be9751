namespace Coordinator.Core.Sql;

/// <summary>One statement, and what its words reveal without a catalog: its kind, its target, its calls.</summary>
public sealed class SqlStatement
{
    private static readonly string[] Verbs = ["select", "insert", "update", "delete", "merge", "values", "table", "from"];

    private readonly int _verb;

    internal SqlStatement(string text, IReadOnlyList<SqlToken> tokens)
    {
        Text = text;
        Tokens = tokens;
        _verb = FindVerb();
        Kind = FindKind();
    }

    /// <summary>The text, without the semicolon and surrounding blanks.</summary>
    public string Text { get; }

    /// <summary>Its tokens; positions count within <see cref="Text"/>.</summary>
    public IReadOnlyList<SqlToken> Tokens { get; }

    /// <summary>The kind.</summary>
    public StatementKind Kind { get; }

    /// <summary>Its leading keyword in capitals, after any WITH.</summary>
    public string Verb => Tokens[_verb].Value.ToUpperInvariant();

    /// <summary>The target of INSERT, UPDATE, DELETE, MERGE or CREATE TABLE, in exact parts; empty for others.</summary>
    public IReadOnlyList<string> Target => Kind switch
    {
        StatementKind.Write => SqlNames.At(Tokens, SqlNames.Skip(Tokens, _verb + 1, "or", "replace", "ignore", "into", "from", "only")),
        StatementKind.TemporaryTable =>
            SqlNames.At(Tokens, SqlNames.Skip(Tokens, 1, "or", "replace", "local", "global", "temp", "temporary", "table", "if", "not", "exists")),
        _ => [],
    };

    /// <summary>The names in DROP TABLE; empty for others.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Dropped =>
        Kind == StatementKind.DropTable ? SqlNames.List(Tokens, SqlNames.Skip(Tokens, 2, "if", "exists")) : [];

    /// <summary>The names that look like calls: directly before a parenthesis.</summary>
    public IEnumerable<string> Calls => SqlNames.Calls(Tokens);

    /// <summary>The start of the query of CREATE TEMPORARY TABLE … AS; null if there is none.</summary>
    public int? QueryStart
    {
        get
        {
            if (Kind != StatementKind.TemporaryTable) return null;
            var depth = 0;
            foreach (var token in Tokens)
            {
                depth += token.Is('(') ? 1 : token.Is(')') ? -1 : 0;
                if (depth == 0 && token.IsWord("as")) return token.End;
            }

            return null;
        }
    }

    /// <summary>The same CREATE TEMPORARY TABLE with its columns and without rows.</summary>
    public string WithNoData => (QueryStart, Tokens) switch
    {
        (null, _) => Text,
        (_, [.., var with, var data]) when with.IsWord("with") && data.IsWord("data") => Text[..with.Start] + "WITH NO DATA",
        (_, [.., var with, var no, var data]) when with.IsWord("with") && no.IsWord("no") && data.IsWord("data") => Text,
        // On a new line, because the text may end in a comment.
        _ => Text + "\nWITH NO DATA",
    };

    private int FindVerb()
    {
        var first = 0;
        while (first < Tokens.Count - 1 && Tokens[first].Is('(')) first++;
        if (!Tokens[first].IsWord("with")) return first;
        // The verb follows the last parenthesis of the common table expressions, or the words of SEARCH and CYCLE.
        var (depth, fallback) = (0, first);
        for (var i = first + 1; i < Tokens.Count; i++)
        {
            var token = Tokens[i];
            depth += token.Is('(') ? 1 : token.Is(')') ? -1 : 0;
            if (depth != 0 || !token.IsWord(Verbs)) continue;
            if (Tokens[i - 1].Is(')')) return i;
            if (fallback == first) fallback = i;
        }

        return fallback;
    }

    private StatementKind FindKind()
    {
        var verb = Tokens[_verb];
        if (verb.IsWord("insert", "update", "delete", "merge")) return StatementKind.Write;
        if (verb.IsWord("select", "values", "table", "from")) return MakesTable() ? StatementKind.Other : StatementKind.Query;
        if (verb.IsWord("set", "reset")) return StatementKind.Setting;
        if (Tokens is [var drop, var table, ..] && drop.IsWord("drop") && table.IsWord("table")) return StatementKind.DropTable;
        return verb.IsWord("create") && SqlNames.Skip(Tokens, 1, "or", "replace", "local", "global", "temp", "temporary") is > 1 and var at
            && at < Tokens.Count && Tokens[at].IsWord("table") && Tokens[at - 1].IsWord("temp", "temporary")
            ? StatementKind.TemporaryTable
            : StatementKind.Other;
    }

    /// <summary>SELECT … INTO creates a table.</summary>
    private bool MakesTable()
    {
        var depth = 0;
        for (var i = _verb; i < Tokens.Count; i++)
        {
            depth += Tokens[i].Is('(') ? 1 : Tokens[i].Is(')') ? -1 : 0;
            if (depth <= 0 && Tokens[i].IsWord("into")) return true;
        }

        return false;
    }
}
