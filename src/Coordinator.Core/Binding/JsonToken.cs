using System.Buffers;
using System.Text.Json;

namespace Coordinator.Core.Binding;

/// <summary>One JSON value as written, validated strictly because it comes from the network. Literals, numbers, and strings without escapes are
/// checked in place; other values need a reader.</summary>
internal readonly ref struct JsonToken
{
    private static readonly SearchValues<byte> NotPlain =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static b => (byte)b), (byte)'"', (byte)'\\']);

    private JsonToken(JsonKind kind, ReadOnlySpan<byte> text)
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>The kind of the value.</summary>
    public JsonKind Kind { get; }

    /// <summary>A string's text, without quotes and escapes; other values as written.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Parses a value with optional surrounding blanks; false if it is not valid JSON.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out JsonToken token)
    {
        json = Trim(json);
        token = default;
        if (json.IsEmpty) return false;
        switch (json[0])
        {
            case (byte)'"':
                if (!TryUnquote(json, out var text)) return false;
                token = new JsonToken(JsonKind.String, text);
                return true;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                token = new JsonToken(JsonKind.Number, json);
                return IsNumber(json);
            case (byte)'{' or (byte)'[':
                token = new JsonToken(JsonKind.Compound, json);
                return JsonText.IsWellFormed(json);
            default:
                token = new JsonToken(IsNull(json) ? JsonKind.Null : JsonKind.Literal, json);
                return token.Kind == JsonKind.Null || json.SequenceEqual("true"u8) || json.SequenceEqual("false"u8);
        }
    }

    /// <summary>Removes blanks at both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> json) => json is [> (byte)' ', ..] && json[^1] > ' ' ? json : json.Trim(" \t\r\n"u8);

    /// <summary>Whether a trimmed value is <c>null</c>.</summary>
    public static bool IsNull(ReadOnlySpan<byte> json) => json.SequenceEqual("null"u8);

    /// <summary>Whether a quoted text is one string without escapes. Bytes above 0x7F are not checked.</summary>
    public static bool IsPlainString(ReadOnlySpan<byte> json) => json is [(byte)'"', .. var text, (byte)'"'] && !text.ContainsAny(NotPlain);

    /// <summary>Whether a text is a JSON number; <c>01</c>, <c>+1</c>, <c>.5</c> and <c>1.</c> are not.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> json)
    {
        var at = json is [(byte)'-', ..] ? 1 : 0;
        var whole = Digits(json, at);
        if (whole == 0 || (whole > 1 && json[at] == '0')) return false;
        at += whole;
        if (at < json.Length && json[at] == '.')
        {
            var fraction = Digits(json, at + 1);
            if (fraction == 0) return false;
            at += 1 + fraction;
        }

        if (at < json.Length && json[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < json.Length && json[at] is (byte)'+' or (byte)'-') at++;
            var exponent = Digits(json, at);
            if (exponent == 0) return false;
            at += exponent;
        }

        return at == json.Length;
    }

    private static int Digits(ReadOnlySpan<byte> text, int start)
    {
        var at = start;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9') at++;
        return at - start;
    }

    private static bool TryUnquote(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> text)
    {
        text = [];
        if (IsPlainString(json))
        {
            text = json[1..^1];
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(json, JsonText.Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.String) return false;
            var bytes = new byte[json.Length];
            text = bytes.AsSpan(0, reader.CopyString(bytes));
            return !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8, or an escaped lone surrogate.
            return false;
        }
    }
}
