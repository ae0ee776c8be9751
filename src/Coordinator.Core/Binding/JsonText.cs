using System.Text.Json;

namespace Coordinator.Core.Binding;

/// <summary>Reads JSON no further than binding needs.</summary>
internal static class JsonText
{
    /// <summary>Deeper documents are refused: warehouses read them recursively.</summary>
    private const int MaxDepth = 512;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>True for one document that a warehouse takes: jsonb refuses U+0000 and halves of surrogate pairs, even escaped.</summary>
    public static bool IsValid(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) continue;
                if (reader.ValueIsEscaped ? reader.GetString()!.Contains('\0', StringComparison.Ordinal) : !System.Text.Unicode.Utf8.IsValid(reader.ValueSpan)) return false;
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped half of a surrogate pair.
            return false;
        }
    }

    /// <summary>Takes a string's text out of its quotes; everything else stays as it is written.</summary>
    public static bool TryUnwrap(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> text, out JsonKind kind)
    {
        text = json.Trim(" \t\r\n"u8);
        kind = JsonKind.Scalar;
        if (!IsWellFormed(text)) return false;
        switch (text[0])
        {
            case (byte)'n':
                kind = JsonKind.Null;
                break;
            case (byte)'{' or (byte)'[':
                kind = JsonKind.Compound;
                break;
            case (byte)'"':
                return TryUnescape(text, out text);
            default:
                break;
        }

        return true;
    }

    private static bool IsWellFormed(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryUnescape(ReadOnlySpan<byte> quoted, out ReadOnlySpan<byte> text)
    {
        text = quoted[1..^1];
        if (!text.Contains((byte)'\\')) return true;
        var reader = new Utf8JsonReader(quoted, Options);
        reader.Read();
        var bytes = new byte[text.Length];
        try
        {
            text = bytes.AsSpan(0, reader.CopyString(bytes));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
