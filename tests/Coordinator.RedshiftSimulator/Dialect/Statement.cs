using Coordinator.Core.Sql;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>One statement: its tokens, its kind, and the table that it writes.</summary>
internal sealed class Statement
{
    private static readonly Dictionary<string, StatementKind> Kinds = new(StringComparer.Ordinal)
    {
        ["INSERT"] = StatementKind.Append,
        ["COPY"] = StatementKind.Append,
        ["UPDATE"] = StatementKind.Change,
        ["DELETE"] = StatementKind.Change,
        ["MERGE"] = StatementKind.Change,
        ["BEGIN"] = StatementKind.Begin,
        ["START"] = StatementKind.Begin,
        ["COMMIT"] = StatementKind.Commit,
        ["END"] = StatementKind.Commit,
        ["ROLLBACK"] = StatementKind.Rollback,
        ["ABORT"] = StatementKind.Rollback,
        ["SET"] = StatementKind.Session,
        ["RESET"] = StatementKind.Session,
        ["SHOW"] = StatementKind.Session,
        ["EXPLAIN"] = StatementKind.Session,
        ["VACUUM"] = StatementKind.Outside,
    };

    private Statement(string text, IReadOnlyList<Token> tokens)
    {
        Text = text;
        Tokens = tokens;
        var verb = VerbIndex();
        Verb = verb < tokens.Count ? tokens[verb].Text : "";
        Kind = IsOutside() ? StatementKind.Outside : Kinds.GetValueOrDefault(Verb);
        if (Kind is StatementKind.Append or StatementKind.Change) Target = TargetAfter(verb);
    }

    /// <summary>The text as received.</summary>
    public string Text { get; }

    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>INSERT, SELECT, …: the deciding word, after any WITH clause.</summary>
    public string Verb { get; }

    public StatementKind Kind { get; }

    /// <summary>The written table as spelled; empty for statements that write none.</summary>
    public string Target { get; } = "";

    /// <summary>The statements of a text; empty for an empty text. In Redshift a backslash escapes in every string.</summary>
    public static IReadOnlyList<Statement> Split(string sql) =>
        [.. SqlText.Split(sql, SqlDialect.Redshift).Select(static statement => new Statement(statement.Text, Token.Of(statement)))];

    private int VerbIndex()
    {
        if (Tokens.Count == 0 || !Tokens[0].Is("WITH")) return 0;
        for (var i = 1; i < Tokens.Count; i++)
        {
            if (Tokens[i] is { Depth: 0, Kind: TokenKind.Word, Text: "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "MERGE" }) return i;
        }

        return 0;
    }

    private bool IsOutside() =>
        Verb is "CREATE" or "ALTER" or "DROP" && Tokens.Count > 1 && Tokens[1].Is("DATABASE");

    private string TargetAfter(int verb)
    {
        var at = verb + 1;
        while (at < Tokens.Count && Tokens[at].Text is "INTO" or "FROM" or "ONLY") at++;
        var end = at;
        while (end + 2 < Tokens.Count && Tokens[end].IsName && Tokens[end + 1].Is(".") && Tokens[end + 2].IsName) end += 2;
        return at < Tokens.Count && Tokens[end].IsName ? Text[Tokens[at].Start..Tokens[end].End] : "";
    }
}
