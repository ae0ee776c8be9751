using System.Text;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>Reads statements as a session of Redshift does, and spells their names for PostgreSQL: folded quotes, <c>#temporary</c> tables,
/// tables of other databases, and the settings that PostgreSQL does not have.</summary>
/// <remarks>A setting counts from the moment it is read, and a rollback does not undo it.</remarks>
internal sealed class SessionNames(SimulatorOptions options)
{
    /// <summary>https://docs.aws.amazon.com/redshift/latest/dg/r_enable_case_sensitive_identifier.html</summary>
    private const string CaseSensitive = "ENABLE_CASE_SENSITIVE_IDENTIFIER";

    /// <summary>https://docs.aws.amazon.com/redshift/latest/dg/r_mv_enable_aqmv_for_session.html</summary>
    private const string AutomaticViews = "MV_ENABLE_AQMV_FOR_SESSION";

    private readonly Dictionary<string, bool> _settings = new(StringComparer.Ordinal)
    {
        [CaseSensitive] = options.IsCaseSensitive,
        [AutomaticViews] = true,
    };

    /// <summary>Whether plans may read automatic materialized views.</summary>
    public bool UsesAutomaticViews => _settings[AutomaticViews];

    /// <summary>The statements of a text, spelled for PostgreSQL.</summary>
    public IReadOnlyList<Statement> Read(string sql) => [.. Statement.Split(sql).Select(Read)];

    private Statement Read(Statement statement)
    {
        if (statement.Verb is "SET" or "RESET" or "SHOW"
            && statement.Tokens.FirstOrDefault(token => _settings.ContainsKey(token.Text)) is { Text: { } setting })
            return OfSetting(statement, setting);
        var (text, copied) = (new StringBuilder(), 0);
        for (var i = 0; i < statement.Tokens.Count; i++)
        {
            if (Spelled(statement, i) is not var (spelled, last)) continue;
            text.Append(statement.Text, copied, statement.Tokens[i].Start - copied).Append(spelled);
            copied = statement.Tokens[i = last].End;
        }

        return copied == 0 ? statement : Statement.Split(text.Append(statement.Text.AsSpan(copied)).ToString())[0];
    }

    private Statement OfSetting(Statement statement, string setting)
    {
        if (statement.Verb == "SET") _settings[setting] = statement.Tokens[^1].Text.Trim('\'').ToUpperInvariant() is "TRUE" or "ON" or "1";
        if (statement.Verb == "RESET") _settings[setting] = setting == AutomaticViews || options.IsCaseSensitive;
        var value = _settings[setting] ? "on" : "off";
        var name = setting.ToLowerInvariant();
        return Statement.Split(statement.Verb == "SHOW" ? $"SELECT '{value}' AS {name}" : $"SET simulator.{name} = '{value}'")[0];
    }

    /// <summary>The other spelling of what begins at a token, and its last token; null if it has none.</summary>
    private (string Text, int Last)? Spelled(Statement statement, int at)
    {
        var tokens = statement.Tokens;
        var token = tokens[at];
        if (token.Is("CURRENT_SETTING") && at + 3 < tokens.Count
            && _settings.TryGetValue(tokens[at + 2].Text.Trim('\'').ToUpperInvariant(), out var isOn))
            return (isOn ? "'on'::text" : "'off'::text", at + 3);
        if (!token.IsName) return null;
        if (options.SharedDatabases.Contains(Name(token)) && (at == 0 || !tokens[at - 1].Is(".")) && at + 4 < tokens.Count && tokens[at + 1].Is(".")
            && tokens[at + 3].Is(".")) return ($"\"{Name(token)}.{Name(tokens[at + 2])}\"", at + 2);
        if (token.Kind == TokenKind.Word && token.Text[0] == '#')
            return ($"{(at > 0 && tokens[at - 1].Is("INTO") && statement.Verb == "SELECT" ? "TEMP " : "")}\"{Name(token)}\"", at);
        if (token.Is("TABLE") && at == 1 && statement.Verb == "CREATE" && tokens.Count > 2 && tokens[2].Text[0] == '#') return ("TEMP TABLE", at);
        return token.Kind == TokenKind.QuotedName && token.Text != Quoted(token) ? (Quoted(token), at) : null;
    }

    /// <summary>"ASCII letters in standard and delimited identifiers are case-insensitive and are folded to lowercase in the database":
    /// https://docs.aws.amazon.com/redshift/latest/dg/r_names.html</summary>
    private string Quoted(Token token) => _settings[CaseSensitive]
        ? token.Text
        : string.Concat(token.Text.Select(static c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    private static string Name(Token token) => token.Text.Trim('"').ToLowerInvariant();
}
