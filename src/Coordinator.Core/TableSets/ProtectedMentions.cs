using Coordinator.Core.Sql;
using Coordinator.Tables;

namespace Coordinator.Core.TableSets;

/// <summary>Finds statements that write to a protected schema, or change it, by the names in them. EXPLAIN finds more, through views and search
/// paths, but not every statement can be explained.</summary>
/// <remarks>A query, an insert or an update may read any table, so only the position of a target counts there. A statement that cannot be
/// explained must not name the coordinator's schemas at all; it may read those of the warehouse, and use their functions and types.</remarks>
internal static class ProtectedMentions
{
    private const string Temporary = "pg_temp";
    private const string Catalog = "pg_catalog";

    /// <summary>SQL in a string in a string. Deeper nesting is not searched.</summary>
    private const int MaxDepth = 4;

    /// <summary>Why the SQL is refused, with statement and schema; null if it does not affect protected schemas.</summary>
    public static string? Refusal(string sql)
    {
        foreach (var statements in SqlReadings.Of(sql))
        {
            for (var i = 0; i < statements.Count; i++)
            {
                if (Of(statements[i]) is { } schema)
                    return $"Statement {i + 1} is {statements[i].Verb} and names {schema}, but {ProtectedSchemas.Reason(schema)}";
            }
        }

        return null;
    }

    private static string? Of(SqlStatement statement)
    {
        var tokens = statement.Tokens;
        switch (statement.Kind)
        {
            case StatementKind.Setting:
                return InPaths(tokens);
            case StatementKind.Query or StatementKind.Write or StatementKind.TemporaryTable:
                return Written(tokens, IsRowTarget) ?? (statement.Calls.Contains("set_config") ? InPaths(tokens) : null);
            default:
                var isBare = tokens[0].IsWord("truncate", "drop", "lock", "grant", "revoke", "reindex", "cluster");
                var hit = Changed(tokens) ?? (isBare ? Written(tokens, IsNoCall) : null);
                return hit ?? (Runs(tokens) ? InLiterals(tokens, 0) : null);
        }
    }

    /// <summary>DO, and functions and procedures, whose bodies are strings.</summary>
    private static bool Runs(IReadOnlyList<SqlToken> tokens) => tokens[0].IsWord("do") || SqlText.CreatesRoutine(tokens);

    private static string? InLiterals(IReadOnlyList<SqlToken> tokens, int depth)
    {
        foreach (var text in tokens.Select(static token => SqlBody.Text(token)).OfType<string>())
        {
            if (ProtectedSchemas.IsCoordinators(text.AsSpan().Trim())) return text.Trim();
            if (depth == MaxDepth) continue;
            foreach (var body in SqlReadings.TokensOf(text))
            {
                if ((Changed(body) ?? InLiterals(body, depth + 1)) is { } schema) return schema;
            }
        }

        return null;
    }

    private static string? Changed(IReadOnlyList<SqlToken> tokens) => Mentioned(tokens) ?? Written(tokens, IsTarget) ?? InPaths(tokens);

    /// <summary>One of the coordinator's schemas before a dot.</summary>
    private static string? Mentioned(IReadOnlyList<SqlToken> tokens)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].IsName && tokens[i + 1].Is('.') && ProtectedSchemas.IsCoordinators(tokens[i].Value)) return tokens[i].Value;
        }

        return null;
    }

    /// <summary>The protected schema of a name in the position of a target; temporary tables have none.</summary>
    private static string? Written(IReadOnlyList<SqlToken> tokens, Func<IReadOnlyList<SqlToken>, int, bool> isTarget)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].IsName || (i > 0 && tokens[i - 1].Is('.')) || !isTarget(tokens, i)) continue;
            if (SqlNames.At(tokens, i).SkipLast(1).FirstOrDefault(IsProtected) is { } schema) return schema;
        }

        return null;
    }

    /// <summary>The positions of targets: INSERT INTO, UPDATE, DELETE FROM, MERGE INTO.</summary>
    private static bool IsRowTarget(IReadOnlyList<SqlToken> tokens, int at)
    {
        var before = Before(tokens, at);
        if (before < 0) return false;
        return tokens[before].IsWord("into", "update", "delete")
            || (before > 0 && tokens[before].IsWord("from") && tokens[before - 1].IsWord("delete"));
    }

    private static bool IsTarget(IReadOnlyList<SqlToken> tokens, int at) =>
        IsRowTarget(tokens, at)
        || (Before(tokens, at) is >= 0 and var before && tokens[before].IsWord("truncate", "table", "copy", "lock", "view", "sequence", "index"));

    private static bool IsNoCall(IReadOnlyList<SqlToken> tokens, int at) =>
        at + (2 * SqlNames.At(tokens, at).Count) - 1 is var behind && (behind >= tokens.Count || !tokens[behind].Is('('));

    private static int Before(IReadOnlyList<SqlToken> tokens, int at)
    {
        at--;
        while (at >= 0 && tokens[at].IsWord("only", "if", "not", "exists", "concurrently")) at--;
        return at;
    }

    /// <summary>A protected schema named as a schema: after SCHEMA, USE or search_path. PostgreSQL's catalog is on every path.</summary>
    private static string? InPaths(IReadOnlyList<SqlToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var isPath = Is(tokens[i], "search_path") || (i == 0 && tokens[0].IsWord("use"));
            if (!isPath && !Is(tokens[i], "schema")) continue;
            if (Listed(tokens, i + 1).FirstOrDefault(name => IsProtected(name) && !(isPath && IsCatalog(name))) is { } schema) return schema;
        }

        return null;
    }

    /// <summary>The schemas in the list that begins here, as names or in strings.</summary>
    private static IEnumerable<string> Listed(IReadOnlyList<SqlToken> tokens, int at)
    {
        bool IsBetween(SqlToken token) => token.Is('=') || token.Is(',') || token.IsWord("to", "if", "not", "exists", "authorization");
        while (at < tokens.Count && IsBetween(tokens[at])) at++;
        while (at < tokens.Count)
        {
            if (SqlBody.Text(tokens[at]) is { } text)
            {
                foreach (var name in SqlNames.All([.. SqlTokenizer.Read(text, SqlDialect.Standard)])) yield return name[^1];
                at++;
            }
            else if (SqlNames.At(tokens, at) is { Count: > 0 } name)
            {
                yield return name[^1];
                at += (2 * name.Count) - 1;
            }

            if (at >= tokens.Count || !tokens[at].Is(',')) yield break;
            at++;
        }
    }

    /// <summary>A keyword, a quoted name, or the name of a setting in a string, as in set_config.</summary>
    private static bool Is(SqlToken token, string name) =>
        name.Equals(token.IsName ? token.Value : SqlBody.Text(token), StringComparison.OrdinalIgnoreCase);

    /// <summary>Temporary tables belong to the update.</summary>
    private static bool IsProtected(string schema) =>
        ProtectedSchemas.Contains(schema) && !schema.StartsWith(Temporary, StringComparison.OrdinalIgnoreCase);

    private static bool IsCatalog(string schema) => schema.Equals(Catalog, StringComparison.OrdinalIgnoreCase);
}
