using Coordinator.Core.Sql;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>A token of SQL, with its position and the number of open parentheses.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">As written; words in upper case.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset after its last character.</param>
/// <param name="Depth">The number of open parentheses around it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End, int Depth)
{
    public bool IsName => Kind is TokenKind.Word or TokenKind.QuotedName;

    /// <summary>The tokens of a statement. Two colons are one token, a cast.</summary>
    public static List<Token> Of(SqlStatement statement)
    {
        var tokens = new List<Token>();
        var depth = 0;
        foreach (var token in statement.Tokens)
        {
            if (token.Is(')')) depth--;
            var text = statement.Text[token.Start..token.End];
            if (token.Kind == SqlTokenKind.Word) text = text.ToUpperInvariant();
            if (text == ":" && tokens is [.., { Text: ":" } before] && before.End == token.Start)
                tokens[^1] = before with { Text = "::", End = token.End };
            else tokens.Add(new Token(KindOf(token, text), text, token.Start, token.End, depth));
            if (token.Is('(')) depth++;
        }

        return tokens;
    }

    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Text == word;

    private static TokenKind KindOf(SqlToken token, string text) => token.Kind switch
    {
        SqlTokenKind.Word => TokenKind.Word,
        SqlTokenKind.Quoted => TokenKind.QuotedName,
        SqlTokenKind.Symbol => TokenKind.Symbol,
        _ when text is ['$', >= '0' and <= '9', ..] => TokenKind.Parameter,
        _ => char.IsAsciiDigit(text[0]) || text[0] == '.' ? TokenKind.Number : TokenKind.Text,
    };
}
