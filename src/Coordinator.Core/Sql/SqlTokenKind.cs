namespace Coordinator.Core.Sql;

/// <summary>The kind of a token, as far as statements and names need it.</summary>
public enum SqlTokenKind
{
    /// <summary>A bare identifier or keyword; its value is in lower case.</summary>
    Word,

    /// <summary>An identifier in double quotes; its value is exact.</summary>
    Quoted,

    /// <summary>A string, a number or a parameter.</summary>
    Literal,

    /// <summary>One character of punctuation or of an operator.</summary>
    Symbol,
}
