using System.Text;

namespace Coordinator.Files.Input;

/// <summary>The supported encodings of files, and their detection.</summary>
/// <param name="Name">The value for <c>--encoding</c>.</param>
/// <param name="Encoding">It throws for invalid bytes.</param>
internal sealed record TextEncoding(string Name, Encoding Encoding)
{
    /// <summary>The values of <c>--encoding</c>.</summary>
    public const string Names = "utf-8, utf-16, utf-16le, utf-16be, latin1 or windows-1252";

    /// <summary>The encoding that is read without conversion.</summary>
    public static readonly TextEncoding Utf8 = new("utf-8", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));

    private static readonly TextEncoding Utf16Le = new(
        "utf-16le", new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true));
    private static readonly TextEncoding Utf16Be = new(
        "utf-16be", new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true));

    /// <summary>An encoding by its name. For <c>utf-16</c> the beginning of the file decides the byte order.</summary>
    /// <exception cref="FormatException">The name is unknown.</exception>
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

    /// <summary>Detects the encoding from a byte order mark, or from the zeros of ASCII characters in UTF-16. UTF-8 if there are none.</summary>
    /// <exception cref="FormatException">The text is UTF-32.</exception>
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

        // A pair of zeros is not text, so only one half of the pairs may have zeros, and in a table or JSON most of them do.
        var pairs = beginning.Length / 2;
        if (pairs > 0 && even == 0 && odd * 2 > pairs) return (Utf16Le, "by its zero bytes");
        return pairs > 0 && odd == 0 && even * 2 > pairs ? (Utf16Be, "by its zero bytes") : (Utf8, "");
    }
}
