using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Coordinator.Intents;

/// <summary>The idempotency key of a write intent, made by the caller: an origin and a sequence number within it. An id is written at most once,
/// however often it is submitted.</summary>
/// <param name="Origin">The source of the sequence: one SDK writer of one table, one file, one job.</param>
/// <param name="Sequence">The number, from 0. Consecutive numbers of one batch share a row of the ledger.</param>
[GenerateSerializer, Immutable, Alias("coordinator.IntentId")]
public readonly record struct IntentId([property: Id(0)] Guid Origin, [property: Id(1)] long Sequence) : IParsable<IntentId>
{
    /// <summary>The maximum length of an idempotency key, in characters.</summary>
    public const int MaxKeyLength = 1024;

    /// <summary>The id of a plain idempotency key: its hash as origin, with sequence 0. A UUID as key is not case-sensitive.</summary>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    public static IntentId FromKey(string key) => new(OriginOf(IsUuid(key) ? key.ToLowerInvariant() : key), 0);

    /// <summary>Parses an idempotency key from a header, an address or an argument: an id in its text form, or any key. Either may be in double
    /// quotes, as a string of RFC 9651, which the draft of the <c>Idempotency-Key</c> header requires: <c>"k-7"</c> and <c>k-7</c> are one
    /// key.</summary>
    /// <exception cref="FormatException">The key is blank or longer than <see cref="MaxKeyLength"/>, or begins with a quote and is not such a
    /// string.</exception>
    public static IntentId FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxKeyLength) throw new FormatException($"The idempotency key has {text.Length} characters; expected 1 to {MaxKeyLength}.");
        var key = text.StartsWith('"') ? Unquote(text) : text;
        if (string.IsNullOrWhiteSpace(key)) throw new FormatException($"The idempotency key is empty; expected 1 to {MaxKeyLength} characters.");
        return TryParse(key, null, out var id) ? id : FromKey(key);
    }

    /// <summary>The origin for a text: the first 16 bytes of its SHA-256, as a version 8 UUID (RFC 9562).</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static Guid OriginOf(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return OriginOf(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The origin of a SHA-256 hash, as a version 8 UUID.</summary>
    /// <exception cref="ArgumentException">The hash has fewer than 16 bytes.</exception>
    public static Guid OriginOf(ReadOnlySpan<byte> hash)
    {
        if (hash.Length < 16) throw new ArgumentException("A hash of at least 16 bytes is needed.", nameof(hash));
        Span<byte> bytes = stackalloc byte[16];
        hash[..16].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Parses the text form <c>origin.sequence</c>.</summary>
    /// <exception cref="FormatException">The text does not have this form.</exception>
    public static IntentId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"'{s}' is not an intent id: expected a UUID, a dot and a number from 0 up.");

    /// <summary>Parses the text form <c>origin.sequence</c>, and returns false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out IntentId result)
    {
        result = default;
        if (s is null || s.Length < 38 || s[36] != '.') return false;
        if (!Guid.TryParseExact(s.AsSpan(0, 36), "D", out var origin)) return false;
        if (!long.TryParse(s.AsSpan(37), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return false;
        result = new IntentId(origin, sequence);
        return true;
    }

    /// <summary>Guid.TryParse also accepts surrounding white space, which would be another key.</summary>
    private static bool IsUuid(string? key) =>
        Guid.TryParseExact(key, "D", out var uuid) && uuid.ToString("D").Equals(key, StringComparison.OrdinalIgnoreCase);

    private static string Unquote(string text)
    {
        var key = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when i == text.Length - 1:
                    return key.ToString();
                case '"':
                    throw Malformed($"something follows the closing quote at position {i + 1}");
                case '\\' when i + 1 < text.Length && text[i + 1] is '"' or '\\':
                    key.Append(text[++i]);
                    break;
                case '\\':
                    throw Malformed($"the backslash at position {i + 1} stands before neither a quote nor a backslash");
                case < ' ' or > '~':
                    throw Malformed($"the character at position {i + 1} is none of ASCII's visible ones");
                default:
                    key.Append(text[i]);
                    break;
            }
        }

        throw Malformed("the closing quote is missing");
    }

    private static FormatException Malformed(string what) => new(
        $"The idempotency key begins with a quote and is no quoted string: {what}. "
        + "Expected \"key\" with \\\" for a quote and \\\\ for a backslash, or the key without quotes.");

    /// <summary>The text form <c>origin.sequence</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Origin:D}.{Sequence}");
}
