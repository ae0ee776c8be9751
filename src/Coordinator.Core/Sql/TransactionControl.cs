namespace Coordinator.Core.Sql;

/// <summary>Finds statements that begin or end a transaction. An update's rows and its ledger row commit together or not at all, so only the
/// coordinator may begin and end their transaction. A check afterwards would be too late: what a COMMIT inside the SQL has committed stays
/// committed.</summary>
/// <remarks>SAVEPOINT, RELEASE and ROLLBACK TO end no transaction and are allowed.</remarks>
public static class TransactionControl
{
    private const string Advice = "Leave BEGIN, COMMIT and ROLLBACK to the coordinator.";

    /// <summary>Why the SQL is refused, with statement and verb; null if it does not affect the transaction in any reading of its
    /// backslashes.</summary>
    /// <param name="sql">One statement or several.</param>
    /// <param name="truncateCommits">Whether TRUNCATE commits, as in Redshift.</param>
    public static string? Refusal(string sql, bool truncateCommits = false)
    {
        foreach (var statements in SqlReadings.Of(sql))
        {
            for (var i = 0; i < statements.Count; i++)
            {
                if (Refusal(statements[i], truncateCommits) is { } refusal) return $"Statement {i + 1} {refusal}";
            }
        }

        return null;
    }

    private static string? Refusal(SqlStatement statement, bool truncateCommits)
    {
        var tokens = statement.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && !tokens[i - 1].Is(';')) continue;
            // Within the body of a routine END is the end of the body.
            if (Verb(tokens, i) is { } verb && !(i > 0 && verb == "END" && SqlText.IsRoutine(tokens))) return Sentence("is", verb);
        }

        if (truncateCommits && tokens[0].IsWord("truncate"))
            return "is TRUNCATE, which commits in Redshift all that was done before it. Use DELETE.";
        if (IsScript(tokens[0], Next(tokens, 0)))
            return "is IMPORT DATABASE, which runs a script that may end the transaction in which the SQL runs. Run its statements.";
        if (!tokens[0].IsWord("do")) return null;
        foreach (var body in tokens.Select(static token => SqlBody.Text(token)).OfType<string>())
        {
            if (InBody(body) is { } verb) return Sentence("is DO with", verb);
        }

        return null;
    }

    /// <summary>DuckDB executes the files of a folder without quotes.</summary>
    private static bool IsScript(SqlToken first, SqlToken second) =>
        (first.IsWord("import") && second.IsWord("database")) || (first.IsWord("pragma") && second.IsWord("import_database"));

    private static string Sentence(string what, string verb) => verb is "BEGIN" or "START TRANSACTION"
        ? $"{what} {verb}, which begins a transaction within the one in which the SQL runs. {Advice}"
        : $"{what} {verb}, which ends the transaction in which the SQL runs. {Advice}";

    private static string? Verb(IReadOnlyList<SqlToken> tokens, int at)
    {
        var (first, second) = (tokens[at], Next(tokens, at));
        if (first.IsWord("begin", "end", "abort")) return Capitals(first);
        if (first.IsWord("start") && second.IsWord("transaction")) return "START TRANSACTION";
        // A prepared statement may have the name transaction: PREPARE transaction AS SELECT 1.
        if (first.IsWord("prepare") && second.IsWord("transaction") && Next(tokens, at + 1) is var third && !third.IsWord("as") && !third.Is('('))
            return "PREPARE TRANSACTION";
        if (first.IsWord("commit", "rollback"))
        {
            if (second.IsWord("prepared")) return $"{Capitals(first)} PREPARED";
            var behind = SqlNames.Skip(tokens, at + 1, "work", "transaction");
            return first.IsWord("rollback") && behind < tokens.Count && tokens[behind].IsWord("to") ? null : Capitals(first);
        }

        // DuckDB executes what it explains with ANALYZE, including COMMIT.
        return first.IsWord("explain") && Explained(tokens, at + 1) is var inner && inner < tokens.Count ? Verb(tokens, inner) : null;
    }

    private static int Explained(IReadOnlyList<SqlToken> tokens, int at)
    {
        at = SqlNames.Skip(tokens, at, "analyze", "analyse", "verbose");
        if (at == tokens.Count || !tokens[at].Is('(')) return at;
        while (at < tokens.Count && !tokens[at].Is(')')) at++;
        return at + 1;
    }

    /// <summary>In PL/pgSQL BEGIN and END delimit a block, and a variable may have the name commit: only a separate statement counts.</summary>
    private static string? InBody(string body)
    {
        foreach (var tokens in SqlReadings.TokensOf(body))
        {
            for (var i = 0; i < tokens.Count; i++)
            {
                if (i > 0 && !tokens[i - 1].Is(';') && !tokens[i - 1].IsWord("begin", "then", "else", "loop") && !IsLabel(tokens, i - 1)) continue;
                var next = Next(tokens, i);
                var begins = tokens[i].IsWord("start", "prepare")
                    ? next.IsWord("transaction")
                    : tokens[i].IsWord("begin") && next.IsWord("transaction", "work");
                if (begins)
                    return $"{Capitals(tokens[i])} {Capitals(next)}";
                if (!tokens[i].IsWord("commit", "rollback", "abort")) continue;
                if (i + 1 == tokens.Count || next.Is(';') || next.IsWord("and", "work", "transaction", "prepared")) return Capitals(tokens[i]);
            }
        }

        return null;
    }

    private static bool IsLabel(IReadOnlyList<SqlToken> tokens, int at) => at > 0 && tokens[at].Is('>') && tokens[at - 1].Is('>');

    private static SqlToken Next(IReadOnlyList<SqlToken> tokens, int at) => at + 1 < tokens.Count ? tokens[at + 1] : default;

    private static string Capitals(SqlToken word) => word.Value.ToUpperInvariant();
}
