namespace Coordinator.Core.Sql;

/// <summary>Splits a text into statements, as the warehouse does.</summary>
public static class SqlText
{
    /// <summary>The statements, in order; empty for blanks, comments and semicolons.</summary>
    /// <param name="sql">One statement, or several separated by semicolons.</param>
    /// <param name="dialect">The rules of the warehouse.</param>
    public static IReadOnlyList<SqlStatement> Split(string sql, SqlDialect dialect = SqlDialect.Standard)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var statements = new List<SqlStatement>();
        var tokens = new List<SqlToken>();
        var (parentheses, blocks) = (0, 0);
        foreach (var token in SqlTokenizer.Read(sql, dialect))
        {
            if (token.Is(';') && parentheses == 0 && blocks == 0)
            {
                Close();
                continue;
            }

            // The body of a function may contain statements: BEGIN ATOMIC … END, with nested CASE … END.
            if (token.IsWord("atomic") && tokens is [.., var before] && before.IsWord("begin") && IsRoutine(tokens)) blocks++;
            else if (blocks > 0 && token.IsWord("case")) blocks++;
            else if (blocks > 0 && token.IsWord("end")) blocks--;
            else if (token.Is('(')) parentheses++;
            else if (token.Is(')')) parentheses = Math.Max(0, parentheses - 1);
            tokens.Add(token);
        }

        Close();
        return statements;

        void Close()
        {
            if (tokens.Count > 0)
                statements.Add(new SqlStatement(sql[tokens[0].Start..tokens[^1].End],
                    [.. tokens.Select(t => t with { Start = t.Start - tokens[0].Start, End = t.End - tokens[0].Start })]));
            tokens.Clear();
            (parentheses, blocks) = (0, 0);
        }
    }

    /// <summary>Whether a function or procedure begins here whose body is not a string. Elsewhere BEGIN and ATOMIC may be a column and its
    /// alias.</summary>
    internal static bool IsRoutine(IReadOnlyList<SqlToken> tokens)
    {
        if (!CreatesRoutine(tokens)) return false;
        var depth = 0;
        foreach (var token in tokens)
        {
            depth += token.Is('(') ? 1 : token.Is(')') ? -1 : 0;
            if (depth == 0 && token.IsWord("as")) return false;
        }

        return true;
    }

    /// <summary>CREATE FUNCTION and CREATE PROCEDURE, with any body.</summary>
    internal static bool CreatesRoutine(IReadOnlyList<SqlToken> tokens) => tokens[0].IsWord("create")
        && SqlNames.Skip(tokens, 1, "or", "replace") is var at && at < tokens.Count && tokens[at].IsWord("function", "procedure");
}
