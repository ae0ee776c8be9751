namespace Coordinator.Core.Sql;

/// <summary>A token of SQL. Comments and white space are no tokens.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Value">A folded word, a quoted identifier without quotes, else the text itself.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset of the next character.</param>
public readonly record struct SqlToken(SqlTokenKind Kind, string Value, int Start, int End)
{
    /// <summary>True for a bare word or a quoted identifier.</summary>
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.Quoted;

    /// <summary>True for the name of a temporary table by its form: <c>#name</c> in Redshift. In quotes it is any table's name.</summary>
    public bool IsTemporary => Kind == SqlTokenKind.Word && Value[0] == '#';

    /// <summary>True for one of these keywords, which must be in lower case.</summary>
    public bool IsWord(params ReadOnlySpan<string> words) => Kind == SqlTokenKind.Word && words.Contains(Value);

    /// <summary>True for this punctuation.</summary>
    public bool Is(char symbol) => Kind == SqlTokenKind.Symbol && Value[0] == symbol;
}
