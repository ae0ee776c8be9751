using Coordinator.Tables;

namespace Coordinator.Core.Sql;

/// <summary>One statement, and what its words reveal without a catalog: its kind, its target, its calls.</summary>
public sealed class SqlStatement
{
    private static readonly string[] Verbs = ["select", "insert", "update", "delete", "merge", "values", "table", "from"];

    private readonly int _verb;
    private readonly MadeTable? _made;

    internal SqlStatement(string text, IReadOnlyList<SqlToken> tokens)
    {
        Text = text;
        Tokens = tokens;
        _verb = FindVerb();
        _made = MadeTable.Of(text, tokens, _verb);
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

    /// <summary>The target of INSERT, UPDATE, DELETE, MERGE or CREATE TEMPORARY TABLE, in exact parts; empty for others.</summary>
    public IReadOnlyList<string> Target => Kind switch
    {
        StatementKind.Write => SqlNames.At(Tokens, SqlNames.Skip(Tokens, _verb + 1, "or", "replace", "ignore", "into", "from", "only")),
        StatementKind.TemporaryTable => Made,
        _ => [],
    };

    /// <summary>The table that CREATE TABLE or SELECT … INTO makes, in exact parts; empty for others.</summary>
    public IReadOnlyList<string> Made => _made?.Name ?? [];

    /// <summary>Whether DROP TABLE names temporary tables only, by their form.</summary>
    public bool DropsTemporary =>
        Dropped is { Count: > 0 } dropped && dropped.All(name => Tokens.Any(token => token.IsTemporary && token.Value == name[^1]));

    /// <summary>The names in DROP TABLE; empty for others.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Dropped =>
        Kind == StatementKind.DropTable ? SqlNames.List(Tokens, SqlNames.Skip(Tokens, 2, "if", "exists")) : [];

    /// <summary>The names that look like calls: directly before a parenthesis.</summary>
    public IEnumerable<string> Calls => SqlNames.Calls(Tokens);

    /// <summary>The query of CREATE TABLE … AS, or that of SELECT … INTO without its INTO; null if there is none.</summary>
    public string? Query => _made?.Query;

    /// <summary>The same CREATE TEMPORARY TABLE with its columns and without rows.</summary>
    public string WithNoData => (Query, Tokens) switch
    {
        (null, _) => Text,
        ({ } query, _) when !Tokens[0].IsWord("create") => $"CREATE TEMPORARY TABLE {QuotedTarget} AS {query}\nWITH NO DATA",
        (_, [.., var with, var data]) when with.IsWord("with") && data.IsWord("data") => Text[..with.Start] + "WITH NO DATA",
        (_, [.., var with, var no, var data]) when with.IsWord("with") && no.IsWord("no") && data.IsWord("data") => Text,
        // On a new line, because the text may end in a comment.
        _ => Text + "\nWITH NO DATA",
    };

    /// <summary>The target as SQL.</summary>
    public string QuotedTarget => string.Join('.', Target.Select(IdentifierText.QuoteAlways));

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
        if (_made is { IsTemporary: true }) return StatementKind.TemporaryTable;
        if (verb.IsWord("select", "values", "table", "from")) return _made is null ? StatementKind.Query : StatementKind.Other;
        if (verb.IsWord("set", "reset")) return StatementKind.Setting;
        if (Tokens is [var drop, var table, ..] && drop.IsWord("drop") && table.IsWord("table")) return StatementKind.DropTable;
        return StatementKind.Other;
    }
}
