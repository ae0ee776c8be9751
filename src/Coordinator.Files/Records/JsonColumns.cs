using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Coordinator.Rows;

namespace Coordinator.Files.Records;

/// <summary>Converts JSON objects to columns: the union of their keys in the order of their first occurrence. Values are not checked here,
/// because that needs the target column.</summary>
/// <param name="buffer">The text of the objects.</param>
/// <param name="onError">Receives the row's position, the key or nothing, and the error.</param>
internal sealed class JsonColumns(byte[] buffer, Action<int, string, string> onError)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private readonly List<JsonColumn> _columns = [];
    private readonly Dictionary<string, JsonColumn> _byName = new(StringComparer.Ordinal);

    /// <summary>Reads one object. Errors go to the callback; the columns must not be used after an error.</summary>
    public void AddRow(int row, int start, int length)
    {
        var text = buffer.AsSpan(start, length);
        if (!Utf8.IsValid(text))
        {
            onError(row, "", "The record is not valid UTF-8.");
            return;
        }

        var key = "";
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                onError(row, "", $"Expected a JSON object, found {Name(reader.TokenType)}.");
                return;
            }

            var keys = 0;
            for (; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; keys++)
            {
                var column = Find(ref reader, keys);
                key = column.Name;
                if (column.LastRow == row)
                {
                    onError(row, key, "The key occurs twice in one object; expected once.");
                    return;
                }

                column.LastRow = row;
                reader.Read();
                AddValue(ref reader, column, row, start);
                key = "";
            }

            reader.Read();
            if (keys == 0) onError(row, "", "The record has no keys; expected an object with at least one.");
        }
        catch (JsonException e)
        {
            onError(row, key, Message(e));
        }
        catch (InvalidOperationException)
        {
            onError(row, key, "The text holds an escape that is not a Unicode character, such as a lone surrogate.");
        }
    }

    /// <summary>Builds the block.</summary>
    /// <exception cref="InvalidRowsException">There are too many keys, or the block is too large.</exception>
    public RowBlock Build(int rowCount)
    {
        var builder = new RowBlockBuilder(new RowSchema([.. _columns.Select(static c => (c.Name, ColumnType.Json))]));
        for (var i = 0; i < _columns.Count; i++) _columns[i].WriteTo(builder[i], buffer, rowCount);
        return builder.Build();
    }

    /// <summary>The message of System.Text.Json, with the position counted from 1.</summary>
    internal static string Message(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"Malformed JSON at byte {e.BytePositionInLine + 1}: {(end < 0 ? e.Message : e.Message[..end])}";
    }

    internal static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => token.ToString(),
    };

    /// <summary>Objects of one file usually have the same keys in the same order, so the next column is tried first.</summary>
    private JsonColumn Find(ref Utf8JsonReader reader, int next)
    {
        if (next < _columns.Count && reader.ValueTextEquals(_columns[next].Utf8Name)) return _columns[next];
        var name = reader.GetString()!;
        if (_byName.TryGetValue(name, out var known)) return known;
        var column = new JsonColumn(name);
        _byName.Add(name, column);
        _columns.Add(column);
        return column;
    }

    private static void AddValue(ref Utf8JsonReader reader, JsonColumn column, int row, int start)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            column.AddNull(row);
            return;
        }

        var from = (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        while (true)
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) RefuseHalfCharacters(ref reader);
            var isWhole = reader.CurrentDepth == depth && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
            if (isWhole || !reader.Read()) break;
        }

        column.Add(row, start + from, (int)reader.BytesConsumed - from);
    }

    private static void RefuseHalfCharacters(ref Utf8JsonReader reader)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            reader.CopyString(scratch);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }
}
