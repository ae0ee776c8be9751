using System.Text;

namespace Coordinator.ClientHost.Inserting.Input;

/// <summary>The encodings that files are read in, and how one is recognised.</summary>
/// <param name="Name">As <c>--encoding</c> takes it.</param>
/// <param name="Encoding">It refuses what it cannot read.</param>
internal sealed record TextEncoding(string Name, Encoding Encoding)
{
    /// <summary>What <c>--encoding</c> takes.</summary>
    public const string Names = "utf-8, utf-16, utf-16le, utf-16be, latin1 or windows-1252";

    /// <summary>What is read without conversion.</summary>
    public static readonly TextEncoding Utf8 = new("utf-8", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));

    private static readonly TextEncoding Utf16Le = new(
        "utf-16le", new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true));
    private static readonly TextEncoding Utf16Be = new(
        "utf-16be", new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true));

    /// <summary>An encoding by its name; where <c>utf-16</c> leaves the order of bytes open, the beginning of the file says it.</summary>
    /// <exception cref="FormatException">The name is none of ours.</exception>
    public static TextEncoding Of(string name, ReadOnlySpan<byte> beginning) => name.ToLowerInvariant() switch
    {
        "utf-8" or "utf8" => Utf8,
        "utf-16" or "utf16" => Detect(beginning).Encoding is { } found && found != Utf8 ? found : Utf16Le,
        "utf-16le" or "utf16le" => Utf16Le,
        "utf-16be" or "utf16be" => Utf16Be,
        "latin1" or "iso-8859-1" => new TextEncoding("latin1", Encoding.Latin1),
        "windows-1252" or "cp1252" => new TextEncoding("windows-1252", Windows1252()),
        _ => throw new FormatException($"'{name}' is no encoding that files are read in; expected {Names}."),
    };

    private static Encoding Windows1252() =>
        CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>What the first bytes say: a byte order mark, or the zeros that UTF-16 puts beside ASCII. UTF-8 where they say nothing.</summary>
    /// <exception cref="FormatException">They say UTF-32.</exception>
    public static (TextEncoding Encoding, string Why) Detect(ReadOnlySpan<byte> beginning)
    {
        if (beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || beginning.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
        {
            throw new FormatException(
                $"The file is in UTF-32 by its byte order mark; expected {Names}. Convert it, for instance with iconv -t utf-8.");
        }

        if (beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return (Utf16Le, "by its byte order mark");
        if (beginning.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return (Utf16Be, "by its byte order mark");
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < beginning.Length; i += 2)
        {
            if (beginning[i] == 0) even++;
            if (beginning[i + 1] == 0) odd++;
        }

        // A pair of zeros is no text, so only one half of the pairs may have any, and most of them do where the text is a table or JSON.
        var pairs = beginning.Length / 2;
        if (pairs > 0 && even == 0 && odd * 2 > pairs) return (Utf16Le, "by its zero bytes");
        return pairs > 0 && odd == 0 && even * 2 > pairs ? (Utf16Be, "by its zero bytes") : (Utf8, "");
    }
}
