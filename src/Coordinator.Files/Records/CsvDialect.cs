using System.Text;

namespace Coordinator.Files.Records;

/// <summary>The format of the fields in a CSV file.</summary>
internal sealed record CsvDialect
{
    /// <summary>Commas as delimiters; an empty field without quotes is null.</summary>
    public static CsvDialect Default { get; } = new();

    /// <summary>The delimiter between fields.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The null marker: the content of an unquoted field that means null. Empty by default.</summary>
    public string Null
    {
        get;
        init
        {
            field = value;
            NullBytes = Encoding.UTF8.GetBytes(value);
        }
    } = "";

    /// <summary><see cref="Null"/> in UTF-8.</summary>
    public byte[] NullBytes { get; private init; } = [];

    /// <summary>Parses a delimiter: one character, or <c>tab</c>, or <c>\t</c>.</summary>
    /// <exception cref="FormatException">The text is not a delimiter.</exception>
    public static char ParseDelimiter(string text) => text switch
    {
        "tab" or "\\t" => '\t',
        [var one] when char.IsAscii(one) && one is '\t' or (>= ' ' and not '"' and not '\x7F') => one,
        _ => throw new FormatException($"'{text}' is no delimiter; expected one ASCII character other than a quote, such as ; or |, or tab."),
    };
}
