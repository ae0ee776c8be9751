using Coordinator.RedshiftSimulator.Dialect;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Copying;

/// <summary>A COPY from S3 and its options. https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html</summary>
internal sealed class CopyStatement
{
    /// <summary>Options that the simulator ignores, and the number of tokens after each.</summary>
    private static readonly Dictionary<string, int> Passed = new(StringComparer.Ordinal)
    {
        ["IAM_ROLE"] = 1,
        ["CREDENTIALS"] = 1,
        ["ACCESS_KEY_ID"] = 1,
        ["SECRET_ACCESS_KEY"] = 1,
        ["SESSION_TOKEN"] = 1,
        ["REGION"] = 1,
        ["TIMEFORMAT"] = 1,
        ["DATEFORMAT"] = 1,
        ["STATUPDATE"] = 1,
        ["COMPUPDATE"] = 1,
        ["ENCODING"] = 1,
        ["FORMAT"] = 0,
        ["AS"] = 0,
    };

    private readonly Statement _statement;
    private string _null = @"\N";

    private CopyStatement(Statement statement) => _statement = statement;

    /// <summary>The URL of a manifest or a prefix.</summary>
    public string Url { get; private set; } = "";

    public bool IsManifest { get; private set; }

    public bool IsGzip { get; private set; }

    /// <summary>The columns in order; empty for all columns of the table.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>PostgreSQL's COPY statement, which the simulator feeds.</summary>
    public string Translated { get; private set; } = "";

    /// <summary>The parsed statement, or null if it is no COPY from S3 or is refused.</summary>
    public static CopyStatement? Read(Statement statement, out SqlError? refusal)
    {
        refusal = null;
        if (statement.Verb != "COPY") return null;
        var copy = new CopyStatement(statement);
        refusal = copy.Read();
        return refusal is null ? copy : null;
    }

    private SqlError? Read()
    {
        var tokens = _statement.Tokens;
        var from = 0;
        while (from < tokens.Count && !(tokens[from].Is("FROM") && tokens[from].Depth == 0)) from++;
        if (from + 1 >= tokens.Count || tokens[from + 1].Kind != TokenKind.Text) return new SqlError("42601", "syntax error at or near \"COPY\"");
        Url = Unquoted(tokens[from + 1].Text);
        Columns = [.. tokens.Take(from).Where(static token => token is { Depth: 1, IsName: true }).Select(static token => Name(token))];
        if (!Url.StartsWith("s3://", StringComparison.Ordinal)) return new SqlError("0A000", "COPY from this source is not imitated");
        var (isAuthorized, isCsv) = (false, false);
        for (var i = from + 2; i < tokens.Count; i++)
        {
            var word = tokens[i].Text;
            if (word == "MANIFEST") IsManifest = true;
            else if (word == "GZIP") IsGzip = true;
            else if (word == "CSV") isCsv = true;
            else if (word == "NULL") _null = Unquoted(tokens[i += tokens[i + 1].Is("AS") ? 2 : 1].Text);
            else if (Passed.TryGetValue(word, out var more))
                (i, isAuthorized) = (i + more, isAuthorized || word is "IAM_ROLE" or "CREDENTIALS" or "SECRET_ACCESS_KEY");
            else return new SqlError("42601", $"syntax error at or near \"{word}\"");
        }

        if (!isAuthorized)
            return new SqlError("XX000",
                "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or 'aws_access_key_id=...;aws_secret_access_key=...'");
        if (!isCsv) return new SqlError("0A000", "COPY of formats other than CSV is not imitated");
        Translated = $"{_statement.Text[..tokens[from].Start]} FROM STDIN (FORMAT csv, NULL '{_null.Replace("'", "''", StringComparison.Ordinal)}')";
        return null;
    }

    private static string Name(Token token) =>
        token.Kind == TokenKind.QuotedName ? token.Text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : token.Text.ToLowerInvariant();

    private static string Unquoted(string text) => text[1..^1].Replace("''", "'", StringComparison.Ordinal);
}
