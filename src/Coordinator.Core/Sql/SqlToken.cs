namespace Coordinator.Core.Sql;

/// <summary>A piece of SQL; comments and white space are none.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">A word folded, a quoted identifier without quotes, else the text itself.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where the next character is.</param>
public readonly record struct SqlToken(SqlTokenKind Kind, string Value, int Start, int End)
{
    /// <summary>True for a bare word or a quoted identifier.</summary>
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.Quoted;

    /// <summary>True for one of these keywords, which must be given in lower case.</summary>
    public bool IsWord(params ReadOnlySpan<string> words) => Kind == SqlTokenKind.Word && words.Contains(Value);

    /// <summary>True for this punctuation.</summary>
    public bool Is(char symbol) => Kind == SqlTokenKind.Symbol && Value[0] == symbol;
}
