using System.Globalization;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>Statements that PostgreSQL accepts and Redshift does not, with Redshift's error texts.</summary>
internal static class Refusals
{
    /// <summary>The maximum length of a statement with its parameters:
    /// https://docs.aws.amazon.com/redshift/latest/dg/c_redshift-sql.html</summary>
    public const int MaxStatementBytes = 16 * 1024 * 1024;

    /// <summary>The maximum number of parameters of a statement: their count is a signed 16-bit number
    /// (aws/amazon-redshift-python-driver#165).</summary>
    public const int MaxParameters = short.MaxValue;

    private const int Numeric = 1700;
    private const int Int8 = 20;

    /// <summary>Verbs that Redshift's SQL does not have.</summary>
    private static readonly HashSet<string> UnknownVerbs =
        new(["DISCARD", "LISTEN", "NOTIFY", "UNLISTEN", "DO", "CLUSTER", "REINDEX", "CHECKPOINT"], StringComparer.Ordinal);

    /// <summary>Objects that cannot be created.</summary>
    private static readonly HashSet<string> UnknownObjects =
        new(["INDEX", "TRIGGER", "SEQUENCE", "EXTENSION", "DOMAIN", "TYPE", "RULE", "AGGREGATE", "OPERATOR", "TABLESPACE"], StringComparer.Ordinal);

    /// <summary>https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-functions.html, and functions newer than PostgreSQL
    /// 8.0.</summary>
    private static readonly HashSet<string> UnknownFunctions = new(
        [
            "PG_ADVISORY_LOCK", "PG_ADVISORY_XACT_LOCK", "PG_TRY_ADVISORY_LOCK", "PG_TRY_ADVISORY_XACT_LOCK", "PG_ADVISORY_UNLOCK",
                "PG_ADVISORY_UNLOCK_ALL",
            "UNNEST", "ARRAY_AGG", "STRING_AGG", "GENERATE_SERIES", "GENERATE_SUBSCRIPTS", "CLOCK_TIMESTAMP", "TRANSACTION_TIMESTAMP",
            "STATEMENT_TIMESTAMP", "PG_SLEEP",
            "TO_REGCLASS", "TO_REGNAMESPACE", "STARTS_WITH", "NEXTVAL", "CURRVAL", "SETVAL", "GEN_RANDOM_UUID", "JSONB_BUILD_OBJECT", "TXID_CURRENT",
            "PG_IS_IN_RECOVERY",
        ], StringComparer.Ordinal);

    /// <summary>https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-datatypes.html</summary>
    private static readonly HashSet<string> UnknownTypes = new(
        ["UUID", "BYTEA", "JSON", "JSONB", "XML", "MONEY", "SERIAL", "BIGSERIAL", "SMALLSERIAL", "BIT", "INET", "CIDR", "HSTORE", "TSVECTOR",
            "REGCLASS", "REGNAMESPACE"], StringComparer.Ordinal);

    private static readonly HashSet<string> UnknownSettings =
        new(["LOCK_TIMEOUT", "IDLE_IN_TRANSACTION_SESSION_TIMEOUT", "SYNCHRONOUS_COMMIT", "WORK_MEM"], StringComparer.Ordinal);

    /// <summary>uuid, bytea, json, jsonb and all arrays that Npgsql can name.</summary>
    private static readonly HashSet<int> UnknownParameterTypes =
        [2950, 17, 114, 3802, 2951, 1001, 199, 3807, 1000, 1005, 1007, 1016, 1009, 1015, 1021, 1022, 1115, 1185, 1182, 1231];

    /// <summary>Why a statement is refused, or null.</summary>
    public static SqlError? Of(Statement statement)
    {
        var tokens = statement.Tokens;
        if (UnknownVerbs.Contains(statement.Verb)) return Syntax(statement.Verb);
        if (statement.Verb is "SAVEPOINT" or "RELEASE" || (statement.Verb == "ROLLBACK" && tokens.Any(static t => t.Is("TO"))))
            return Unsupported("SAVEPOINT");
        if (statement.Verb == "CREATE"
            && tokens.Skip(1).FirstOrDefault(static t => t.Text is not ("OR" or "REPLACE" or "UNIQUE")) is { Text: { } what }
            && UnknownObjects.Contains(what)) return Unsupported($"CREATE {what}");
        if ((AlterTable.RefusalOf(statement) ?? Explained.RefusalOf(statement)) is { } refused) return refused;
        if (statement.Verb == "MERGE" && tokens.Zip(tokens.Skip(1)).Any(static pair => pair.First.Is("USING") && pair.Second.Is("(")))
            return Syntax("(");
        if (statement.Verb == "COPY" && tokens.Any(static t => t.Is("STDIN") || t.Is("STDOUT"))) return Unsupported("COPY FROM STDIN");
        if (statement.Verb == "SET" && tokens.FirstOrDefault(static t => UnknownSettings.Contains(t.Text)) is { Text: { } setting })
            return new SqlError("42704", $"unrecognized configuration parameter \"{setting.ToLowerInvariant()}\"");
        for (var i = 0; i < tokens.Count; i++)
        {
            if (OfToken(statement, tokens, i) is { } refusal) return refusal;
        }

        return null;
    }

    /// <summary>Why the types of parameters are refused, or null (npgsql#1173).</summary>
    public static SqlError? OfParameterTypes(IEnumerable<int> types) =>
        types.Any(UnknownParameterTypes.Contains)
            ? new SqlError("0A000", "Specified types or functions (one per INFO message) not supported on Redshift tables.")
            : null;

    /// <summary>Why a limit is refused, or null: LIMIT and OFFSET take an int4 only (redshift-jdbc-driver#37).</summary>
    public static SqlError? OfLimits(Statement statement, IReadOnlyList<int> types)
    {
        for (var i = 0; i + 1 < statement.Tokens.Count; i++)
        {
            var (word, number) = (statement.Tokens[i], statement.Tokens[i + 1]);
            if (!(word.Is("LIMIT") || word.Is("OFFSET")) || number.Kind != TokenKind.Parameter) continue;
            var at = int.Parse(number.Text.AsSpan(1), CultureInfo.InvariantCulture) - 1;
            if (at < types.Count && types[at] == Int8) return new SqlError("42804", $"argument of {word.Text} must be type integer, not type bigint");
        }

        return null;
    }

    /// <summary>Why parameters are refused that Redshift would read as other numbers: its binary numeric differs from PostgreSQL's (npgsql#3843,
    /// npgsql#3919). A test can detect a refusal.</summary>
    /// <param name="types">The parameters' types.</param>
    /// <param name="formats">Which of them are binary: empty for text, one value for all, or one value each.</param>
    public static SqlError? OfFormats(IReadOnlyList<int> types, IReadOnlyList<short> formats)
    {
        for (var i = 0; i < types.Count; i++)
        {
            var isBinary = formats.Count switch { 0 => false, 1 => formats[0] == 1, _ => i < formats.Count && formats[i] == 1 };
            if (isBinary && types[i] == Numeric)
                return new SqlError("22P03", string.Create(CultureInfo.InvariantCulture, $"incorrect binary data format in bind parameter {i + 1}"));
        }

        return null;
    }

    /// <summary>Why a statement of this size, with this many parameters, is refused, or null.</summary>
    public static SqlError? OfSize(long bytes, int parameters) =>
        bytes > MaxStatementBytes
            ? new SqlError("42601", string.Create(
                CultureInfo.InvariantCulture, $"Statement is too large. Statement Size: {bytes} bytes. Maximum Allowed: {MaxStatementBytes} bytes"))
        : parameters > MaxParameters
            ? new SqlError("42P02", string.Create(CultureInfo.InvariantCulture, $"there is no parameter ${unchecked((short)parameters)}"))
        : null;

    private static SqlError? OfToken(Statement statement, IReadOnlyList<Token> tokens, int i)
    {
        var token = tokens[i];
        var next = i + 1 < tokens.Count ? tokens[i + 1] : default;
        if (token.Kind == TokenKind.Symbol)
            return token.Is("[") ? Unsupported("ARRAY") : token.Is("::") && UnknownTypes.Contains(next.Text ?? "") ? UnknownType(next.Text!) : null;
        if (token.Kind != TokenKind.Word) return null;
        var isCall = next.Kind == TokenKind.Symbol && next.Text == "(";
        if (isCall && UnknownFunctions.Contains(token.Text))
            return new SqlError("42883", $"function {token.Text.ToLowerInvariant()}() does not exist");
        if (isCall && token.Text == "ANY" && i + 2 < tokens.Count && tokens[i + 2].Kind == TokenKind.Parameter) return Unsupported("ARRAY");
        return token.Text switch
        {
            "RETURNING" when statement.Kind is StatementKind.Append or StatementKind.Change || statement.Verb == "EXPLAIN" => Syntax("RETURNING"),
            "CONFLICT" when i > 0 && tokens[i - 1].Is("ON") => Syntax("CONFLICT"),
            "UPDATE" or "SHARE" when i > 0 && tokens[i - 1].Is("FOR") => Unsupported($"SELECT FOR {token.Text}"),
            "LATERAL" or "MATERIALIZED" when statement.Verb is "SELECT" or "INSERT" => Syntax(token.Text),
            "INSERT" or "UPDATE" or "DELETE" when token.Depth > 0 && i > 0 && tokens[i - 1].Is("(") => Syntax(token.Text),
            "DISTINCT" when next.Text == "FROM" && i > 0 && tokens[i - 1].Text is "IS" or "NOT" => Syntax("DISTINCT"),
            "FILTER" when isCall => Syntax("FILTER"),
            "CHECK" or "EXCLUDE" when statement.Verb == "CREATE" && isCall => Unsupported($"{token.Text} constraint"),
            _ => statement.Verb is "CREATE" or "ALTER" && token.Depth == 1 && UnknownTypes.Contains(token.Text) && tokens[i - 1].IsName
                ? UnknownType(token.Text)
                : null,
        };
    }

    private static SqlError Syntax(string near) => new("42601", $"syntax error at or near \"{near}\"");

    private static SqlError Unsupported(string what) => new("0A000", $"{what} is not supported");

    private static SqlError UnknownType(string type) => new("0A000", $"Column has unsupported type \"{type.ToLowerInvariant()}\".");
}
