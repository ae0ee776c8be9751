using System.Text;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>Translates Redshift's own syntax to PostgreSQL.</summary>
internal static class Translation
{
    private const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ";

    public static string Of(Statement statement) => statement switch
    {
        { Kind: StatementKind.Begin } => Begin,
        { Verb: "CREATE" } when statement.Tokens.Take(4).Any(static t => t.Is("TABLE")) => OfCreateTable(statement),
        _ => OfFunctions(statement),
    };

    /// <summary>Removes distribution, sort order, encoding and unenforced keys, which PostgreSQL does not have.</summary>
    private static string OfCreateTable(Statement statement)
    {
        var tokens = statement.Tokens;
        var text = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var next = i + 1 < tokens.Count ? tokens[i + 1] : default;
            switch (token.Kind == TokenKind.Word ? token.Text : "")
            {
                case "DISTSTYLE" or "ENCODE" or "BACKUP":
                    i++;
                    break;
                case "COMPOUND" or "INTERLEAVED":
                    break;
                case "DISTKEY" or "SORTKEY":
                    if (next.Text == "AUTO") i++;
                    else if (next.Text == "(") i = Closing(tokens, i + 1);
                    break;
                case "PRIMARY" or "UNIQUE":
                    if (token.Text == "PRIMARY") i++;
                    if (i + 1 < tokens.Count && tokens[i + 1].Is("(")) i = Closing(tokens, i + 1);
                    if (text.ToString().TrimEnd() is { } before && before.EndsWith(',')) text.Clear().Append(before[..^1]);
                    break;
                case "VARBYTE" or "VARBINARY":
                    text.Append(" bytea");
                    if (next.Text == "(") i = Closing(tokens, i + 1);
                    break;
                case "SUPER":
                    text.Append(" jsonb");
                    break;
                case "MAX" when i > 0 && tokens[i - 1].Is("("):
                    text.Append("65535");
                    break;
                case "IDENTITY" when next.Text == "(":
                    text.Append(" GENERATED ALWAYS AS IDENTITY");
                    i = Closing(tokens, i + 1);
                    break;
                default:
                    text.Append(i > 0 && tokens[i - 1].End == token.Start ? "" : " ").Append(statement.Text, token.Start, token.End - token.Start);
                    break;
            }
        }

        return text.ToString();
    }

    private static string OfFunctions(Statement statement)
    {
        var text = new StringBuilder();
        var copied = 0;
        foreach (var token in statement.Tokens.Where((t, i) =>
            t.Is("SYSDATE") || t.Is("CURRENT_NAMESPACE") || t.Is("FORMAT_TYPE") || IsVersion(t, i)))
        {
            text.Append(statement.Text, copied, token.Start - copied).Append(token.Text switch
            {
                "SYSDATE" => "pg_catalog.sysdate()",
                "CURRENT_NAMESPACE" => "pg_catalog.redshift_namespace()",
                "VERSION" => "pg_catalog.redshift_version",
                _ => "pg_catalog.redshift_format_type",
            });
            copied = token.End;
        }

        return copied == 0 ? statement.Text : text.Append(statement.Text, copied, statement.Text.Length - copied).ToString();

        // A column may have that name.
        bool IsVersion(Token token, int at) => token.Is("VERSION") && at + 1 < statement.Tokens.Count && statement.Tokens[at + 1].Is("(");
    }

    private static int Closing(IReadOnlyList<Token> tokens, int open)
    {
        var at = open + 1;
        while (at < tokens.Count && !(tokens[at].Is(")") && tokens[at].Depth == tokens[open].Depth)) at++;
        return at;
    }
}
