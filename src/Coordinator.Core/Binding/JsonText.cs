using System.Text.Json;
using System.Text.Unicode;

namespace Coordinator.Core.Binding;

/// <summary>Checks whole JSON documents.</summary>
internal static class JsonText
{
    /// <summary>Deeper documents are refused, because warehouses parse them recursively.</summary>
    private const int MaxDepth = 512;

    public static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>True for one document that warehouses accept: jsonb refuses U+0000 and lone surrogates, even escaped.</summary>
    public static bool IsValid(ReadOnlySpan<byte> json)
    {
        if (JsonToken.IsPlainString(json)) return Utf8.IsValid(json);
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) continue;
                if (reader.ValueIsEscaped ? reader.GetString()!.Contains('\0', StringComparison.Ordinal) : !Utf8.IsValid(reader.ValueSpan))
                    return false;
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped lone surrogate.
            return false;
        }
    }

    /// <summary>True for one document with any strings.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> json)
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
}
