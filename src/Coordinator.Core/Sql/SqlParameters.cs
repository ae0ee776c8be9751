using Coordinator.Intents;

namespace Coordinator.Core.Sql;

/// <summary>Replaces <c>@name</c> in SQL, outside of quotes and comments, with literals. The adapters and EXPLAIN see the finished
/// text.</summary>
/// <remarks>Bound parameters are not possible: utility statements such as CREATE TEMPORARY TABLE AS accept none, and EXPLAIN plans without their
/// values.</remarks>
public static class SqlParameters
{
    /// <summary>The names that the SQL uses, in lower case, each once.</summary>
    public static IReadOnlyList<string> NamesIn(string sql) =>
        [.. Places(sql, SqlDialect.Standard).Select(static place => place.Name).Distinct()];

    /// <summary>The update with the values in its SQL.</summary>
    /// <exception cref="FormatException">The SQL uses a name without a value, or a value has a name that the SQL does not use.</exception>
    public static UpdateIntent Apply(UpdateIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        // Without values and job, @x keeps its meaning in the warehouse: the operator for absolute values.
        if (intent.Parameters.Count == 0 && intent.Job.Length == 0) return intent;
        var places = Places(intent.Sql, SqlDialect.Standard);
        if (!places.SequenceEqual(Places(intent.Sql, SqlDialect.Redshift)))
            throw new FormatException("A backslash before a quote leaves open what is quoted and where a parameter is; double the quote instead.");
        var values = new Dictionary<string, SqlParameter>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in intent.Parameters)
        {
            if (!values.TryAdd(parameter.Name, parameter)) throw new FormatException($"Parameter {parameter.Name} is given twice.");
        }

        var used = places.Select(static place => place.Name).Distinct().ToList();
        if (used.Find(name => !values.ContainsKey(name)) is { } missing)
            throw new FormatException(
                $"The SQL uses @{missing}, for which no value is given. (The operator for absolute values is written abs(…) here.)");
        if (values.Keys.FirstOrDefault(name => !used.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new FormatException($"The SQL has no parameter @{unknown}. "
                + $"{(used.Count > 0 ? $"It uses {string.Join(", ", used.Select(static name => "@" + name))}." : "It uses none.")}");

        var sql = intent.Sql;
        foreach (var (name, start, end) in Enumerable.Reverse(places)) sql = $"{sql[..start]} {SqlLiteral.Of(values[name])} {sql[end..]}";
        return intent.WithSql(sql);
    }

    private static List<(string Name, int Start, int End)> Places(string sql, SqlDialect dialect)
    {
        var places = new List<(string, int, int)>();
        SqlToken before = default, at = default;
        foreach (var token in SqlTokenizer.Read(sql, dialect))
        {
            // @ directly before a name, and not the end of the operators <@ and @@.
            if (token.Kind == SqlTokenKind.Word && at.Is('@') && at.End == token.Start
                && !((before.Is('<') || before.Is('@')) && before.End == at.Start))
                places.Add((token.Value, at.Start, token.End));
            (before, at) = (at, token);
        }

        return places;
    }
}
