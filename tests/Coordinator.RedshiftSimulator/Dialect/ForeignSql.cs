using System.Globalization;
using System.Text.RegularExpressions;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>Searches a log of statements for constructs that Redshift does not have. The simulator refuses the same by tokens; this class reads
/// the text, so that a gap in one is no gap in the other.</summary>
public static partial class ForeignSql
{
    /// <summary>Constructs that Redshift does not have, each with its pattern outside of quotes and comments.</summary>
    public static readonly IReadOnlyList<(string Construct, Regex Pattern)> Constructs =
    [
        ("RETURNING", Pattern(@"\bRETURNING\b")),
        ("ON CONFLICT", Pattern(@"\bON\s+CONFLICT\b")),
        ("SELECT … FOR UPDATE", Pattern(@"\bFOR\s+(NO\s+KEY\s+UPDATE|UPDATE|KEY\s+SHARE|SHARE)\b")),
        ("COPY FROM STDIN", Pattern(@"\b(STDIN|STDOUT)\b")),
        ("advisory locks", Pattern(@"\bpg_(try_)?advisory_\w+")),
        ("DISCARD", Pattern(@"(^|;)\s*DISCARD\b")),
        ("savepoints", Pattern(@"(^|;)\s*(SAVEPOINT|RELEASE|ROLLBACK\s+(WORK\s+|TRANSACTION\s+)?TO)\b")),
        ("arrays", Pattern(@"\bARRAY\s*\[|\[\s*\]|\b(ANY|ALL)\s*\(\s*\$\d|\b(array_\w+|string_to_array|cardinality)\s*\(")),
        ("unnest", Pattern(@"\b(unnest|generate_series|generate_subscripts)\s*\(")),
        ("LISTEN and NOTIFY", Pattern(@"(^|;)\s*(LISTEN|UNLISTEN|NOTIFY)\b|\bpg_notify\s*\(")),
    ];

    private const int MaxParameters = 32_767;

    /// <summary>The statements that contain such a construct, or a parameter beyond the maximum, each with the construct.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> statements) =>
        [.. from statement in statements from construct in In(statement) select $"{construct}: {statement}"];

    private static IEnumerable<string> In(string statement)
    {
        var text = Quoted().Replace(statement, "''");
        foreach (var (construct, pattern) in Constructs)
        {
            if (pattern.IsMatch(text)) yield return construct;
        }

        if (Parameter().Matches(text).Any(static m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) > MaxParameters))
            yield return "parameters";
    }

    private static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Strings with backslashes, quoted names, comments.</summary>
    [GeneratedRegex(@"'(\\.|''|[^'\\])*'|""(""""|[^""])*""|--[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\$(\d{1,9})")]
    private static partial Regex Parameter();
}
