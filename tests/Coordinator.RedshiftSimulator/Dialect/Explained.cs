using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>What EXPLAIN takes: https://docs.aws.amazon.com/redshift/latest/dg/r_EXPLAIN.html</summary>
internal static class Explained
{
    /// <summary>Why an EXPLAIN is refused; null for others, and for SELECT, SELECT INTO, CREATE TABLE AS, INSERT, UPDATE and DELETE.</summary>
    public static SqlError? RefusalOf(Statement statement)
    {
        if (statement.Verb != "EXPLAIN") return null;
        var tokens = statement.Tokens;
        var at = tokens.Count > 1 && tokens[1].Is("VERBOSE") ? 2 : 1;
        while (at < tokens.Count && tokens[at].Is("(")) at++;
        if (at == tokens.Count) return Syntax("EXPLAIN");
        var verb = tokens[at].Is("WITH")
            ? tokens.Skip(at).FirstOrDefault(static token => token is { Depth: 0, Text: "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "MERGE" })
            : tokens[at];
        return verb.Text switch
        {
            "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "VALUES" or "TABLE" => null,
            "CREATE" when tokens.Skip(at).Any(static token => token is { Depth: 0, Text: "AS" }) => null,
            // What no dialect knows is named by PostgreSQL.
            "MERGE" or "CALL" or "COPY" or "UNLOAD" or "TRUNCATE" or "VACUUM" or "ANALYZE" or "CREATE" or "ALTER" or "DROP" or "GRANT" or "REFRESH"
                or "DECLARE" or "EXECUTE" or "LOCK" or "SET" => Syntax(verb.Text),
            _ => null,
        };
    }

    private static SqlError Syntax(string near) => new("42601", $"syntax error at or near \"{near}\"");
}
