using System.Text;

namespace Coordinator.ClientHost.Rows;

/// <summary>How the fields of a CSV file are written.</summary>
internal sealed record CsvDialect
{
    /// <summary>Commas, and a field without text and without quotes is null.</summary>
    public static CsvDialect Default { get; } = new();

    /// <summary>What stands between fields.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>What a field without quotes says where it is null. By default nothing at all.</summary>
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

    /// <summary>A delimiter as people write it: one character, or <c>tab</c>, or <c>\t</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static char ParseDelimiter(string text) => text switch
    {
        "tab" or "\\t" => '\t',
        [var one] when char.IsAscii(one) && one is '\t' or (>= ' ' and not '"' and not '\x7F') => one,
        _ => throw new FormatException($"'{text}' is no delimiter; expected one ASCII character other than a quote, such as ; or |, or tab."),
    };
}
