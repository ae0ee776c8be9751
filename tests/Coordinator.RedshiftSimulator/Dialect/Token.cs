namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>A token of SQL, with its position and the number of open parentheses.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">As written; words in upper case.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset after its last character.</param>
/// <param name="Depth">The number of open parentheses around it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End, int Depth)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Text == word;

    public bool IsName => Kind is TokenKind.Word or TokenKind.QuotedName;
}
