using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>Statements that an update cannot hold on Redshift, even if it declares its tables: it runs in one transaction with its ledger rows, in
/// one
/// database.</summary>
internal static class StatementRules
{
    /// <summary>Returns if the SQL may run, as far as its text says.</summary>
    /// <exception cref="WarehouseException">Rejected, with the statement, the reason and what to do instead.</exception>
    public static void Ensure(string sql)
    {
        if (TransactionControl.Refusal(sql, truncateCommits: true) is { } reason) throw Rejected(reason);
        var statements = SqlText.Split(sql, SqlDialect.Redshift);
        for (var i = 0; i < statements.Count; i++)
        {
            if (Refusal(statements[i].Tokens) is { } refusal) throw Rejected($"Statement {i + 1} {refusal}");
        }
    }

    /// <summary>Returns if no statement writes to a table of another database: its rows and the ledger's would not commit together.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="database">The database of the session.</param>
    /// <exception cref="WarehouseException">Rejected, with the statement and the database.</exception>
    public static void EnsureLocal(IReadOnlyList<SqlStatement> statements, string database)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            if (Targets(statements[i]).FirstOrDefault(target => IsElsewhere(target, database)) is { } other)
                throw Rejected($"Statement {i + 1} writes {string.Join('.', other)}, a table of database {other[0]}, but the ledgers are in database "
                    + $"{database}. Write to a table of {database}, or submit the statement to a coordinator of {other[0]}.");
        }
    }

    /// <summary>Whether a target has three parts, so that the database must be known.</summary>
    public static bool NamesDatabase(IReadOnlyList<SqlStatement> statements) => statements.SelectMany(Targets).Any(static target => target.Count > 2);

    private static bool IsElsewhere(IReadOnlyList<string> target, string database) =>
        target is [var other, _, _] && !other.Equals(database, StringComparison.OrdinalIgnoreCase);

    /// <summary>The tables that a statement writes, makes, changes or drops.</summary>
    private static IEnumerable<IReadOnlyList<string>> Targets(SqlStatement statement)
    {
        var tokens = statement.Tokens;
        yield return statement.Target;
        yield return statement.Made;
        foreach (var dropped in statement.Dropped) yield return dropped;
        if (tokens[0].IsWord("copy")) yield return SqlNames.At(tokens, 1);
        if (tokens[0].IsWord("alter") && tokens.Count > 2 && tokens[1].IsWord("table")) yield return SqlNames.At(tokens, 2);
    }

    private static string? Refusal(IReadOnlyList<SqlToken> tokens)
    {
        if (tokens[0].IsWord("vacuum"))
            return "is VACUUM, which Redshift does not run in a transaction, and an update is one. Leave it out, because Redshift vacuums tables "
                + "by itself, or run it in a session of your own.";
        if (tokens[0].IsWord("use"))
            return "is USE, which changes the database that the names of the ledgers are looked up in. Name the tables of another database by "
                + "database, schema and table.";
        if (!tokens[0].IsWord("alter") || tokens.Count < 3 || !tokens[1].IsWord("table")) return null;
        var target = SqlNames.At(tokens, 2);
        var at = 2 + Math.Max(1, (2 * target.Count) - 1);
        return at < tokens.Count && tokens[at].IsWord("append")
            ? "is ALTER TABLE APPEND, which Redshift does not run in a transaction, and an update is one. Use INSERT INTO target SELECT … FROM "
                + "source; DELETE FROM source."
            : null;
    }

    private static WarehouseException Rejected(string reason) => new(FailureKind.Rejected, reason) { Cause = FailureCause.RejectedStatement };
}
