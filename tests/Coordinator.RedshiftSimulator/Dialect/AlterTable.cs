using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>ALTER TABLE actions that Redshift does not support: https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html</summary>
internal static class AlterTable
{
    /// <summary>Why the statement is refused; null for supported actions and for other statements.</summary>
    public static SqlError? RefusalOf(Statement statement)
    {
        var tokens = statement.Tokens;
        if (statement.Verb != "ALTER" || tokens.Count < 3 || !tokens[1].Is("TABLE")) return null;
        var at = 2;
        while (at + 2 < tokens.Count && tokens[at].IsName && tokens[at + 1].Is(".")) at += 2;
        at++;
        if (at >= tokens.Count) return null;
        var action = tokens[at].Text;
        if (action == "APPEND") return new SqlError("25001", "ALTER TABLE APPEND cannot run inside a transaction block");
        // One column per statement, and no IF.
        if (action is "ADD" or "DROP" or "RENAME"
            && tokens.FirstOrDefault(token => token.Depth == 0 && (token.Is(",") || token.Is("IF"))) is { Text: { } near }) return Syntax(near);
        if (action != "ALTER") return null;
        at += at + 1 < tokens.Count && tokens[at + 1].Is("COLUMN") ? 3 : 2;
        var change = at < tokens.Count ? tokens[at].Text : "";
        return change switch
        {
            "SET" or "DROP" => new SqlError("0A000",
                $"ALTER COLUMN {change} {string.Join(' ', tokens.Skip(at + 1).Take(2).Select(static token => token.Text))} is not supported"),
            "TYPE" when IsLength(tokens, at + 1) => null,
            "TYPE" => new SqlError("0A000", "ALTER COLUMN TYPE is supported for the length of a varchar only"),
            _ => null,
        };
    }

    private static bool IsLength(IReadOnlyList<Token> tokens, int at)
    {
        var type = string.Join(' ', tokens.Skip(at).Select(static token => token.Text));
        return (type.StartsWith("VARCHAR", StringComparison.Ordinal) || type.StartsWith("CHARACTER VARYING", StringComparison.Ordinal))
            && !type.Contains("USING", StringComparison.Ordinal);
    }

    private static SqlError Syntax(string near) => new("42601", $"syntax error at or near \"{near}\"");
}
