namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>A piece of SQL, with where it stands and how many parentheses are open around it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; words in upper case.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last.</param>
/// <param name="Depth">The parentheses open around it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End, int Depth)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Text == word;

    public bool IsName => Kind is TokenKind.Word or TokenKind.QuotedName;
}
