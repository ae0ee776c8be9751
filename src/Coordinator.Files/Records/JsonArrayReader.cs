using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Coordinator.Rows;

namespace Coordinator.Files.Records;

/// <summary>Reads one JSON array of objects, element by element, or one object, which is one row. A row number is a position in the
/// array.</summary>
/// <remarks>If the array itself is invalid, nothing after that point can be read. The records before it stay valid.</remarks>
internal sealed class JsonArrayReader
{
    private readonly JsonBuffer _buffer;
    private JsonReaderState _state;
    private bool _isInside;
    private bool _isDone;

    private JsonArrayReader(Stream stream) => _buffer = new JsonBuffer(stream);

    private enum Step
    {
        Element,
        More,
        Broken,
        OtherFormat,
        End,
    }

    public static async IAsyncEnumerable<RecordChunk> ReadAsync(
        Stream stream, ChunkLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new JsonArrayReader(stream);
        if (!await reader._buffer.SkipToContentAsync(cancellationToken)) yield break;
        var chunk = new JsonRecordChunk();
        ReadBreak? stopped = null;
        for (var position = 1L; ; position++)
        {
            var (step, reason, element) = await reader.NextAsync(position, cancellationToken);
            if (step is Step.Broken or Step.OtherFormat)
            {
                reader._buffer.SkipSeparators();
                stopped = new ReadBreak(position, reader._buffer.Line, reader._buffer.Offset, reason + " Nothing after it can be read.")
                {
                    IsOtherFormat = step == Step.OtherFormat,
                };
            }

            if (step != Step.Element) break;
            if (limits.EndsBefore(chunk, element.Length))
            {
                yield return chunk;
                chunk = new JsonRecordChunk(chunk);
            }

            chunk.Add(new ReadOnlySequence<byte>(element), position, reader._buffer.Offset - element.Length);
        }

        if (chunk.Rows.Count > 0) yield return chunk;
        if (stopped is not null) yield return new BrokenOffChunk(chunk, stopped);
    }

    private async ValueTask<(Step Step, string Reason, ReadOnlyMemory<byte> Element)> NextAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Next();
            if (next.Step != Step.More) return next;
            if (_buffer.Unread.Length > RowBlock.MaxRowBytes)
                return (Step.Broken, $"Record {position} has more than {RowBlock.MaxRowBytes} bytes; a row takes at most that.", default);
            await _buffer.FillAsync(cancellationToken);
        }
    }

    /// <summary>Reads the next element if the buffer contains all of it.</summary>
    private (Step Step, string Reason, ReadOnlyMemory<byte> Element) Next()
    {
        if (_isDone) return (Step.End, "", default);
        try
        {
            var reader = new Utf8JsonReader(_buffer.Unread.Span, _buffer.IsLast, _state);
            if (!reader.Read()) return (Step.More, "", default);
            if (!_isInside) return First(ref reader);
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                // The state is kept, so that the array's end is read again until the text after it is known.
                var rest = _buffer.Unread.Span[(int)reader.BytesConsumed..];
                if (rest.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
                    return (Step.Broken, "Expected the end of the file after the array's ']', found more.", default);
                return (_buffer.IsLast ? Step.End : Step.More, "", default);
            }

            var from = (int)reader.TokenStartIndex;
            if (!reader.TrySkip()) return (Step.More, "", default);
            var element = _buffer.Unread[from..(int)reader.BytesConsumed];
            _state = reader.CurrentState;
            _buffer.Take((int)reader.BytesConsumed);
            return (Step.Element, "", element);
        }
        catch (JsonException e)
        {
            return (Step.Broken, $"Line {e.LineNumber + 1}: {JsonColumns.Message(e)}", default);
        }
    }

    private (Step Step, string Reason, ReadOnlyMemory<byte> Element) First(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                _isInside = true;
                _state = reader.CurrentState;
                _buffer.Take((int)reader.BytesConsumed);
                return Next();
            case JsonTokenType.StartObject:
                return Single(ref reader);
            default:
                return (Step.OtherFormat, $"Expected a JSON array of objects, or one object, found {JsonColumns.Name(reader.TokenType)}.", default);
        }
    }

    /// <summary>Reads a single object. First checks that nothing follows it, because one object per line is another format.</summary>
    private (Step Step, string Reason, ReadOnlyMemory<byte> Element) Single(ref Utf8JsonReader reader)
    {
        if (!reader.TrySkip()) return (Step.More, "", default);
        var length = (int)reader.BytesConsumed;
        var rest = _buffer.Unread.Span[length..].TrimStart(" \t\r\n"u8);
        if (rest.Length > 0)
        {
            return (Step.OtherFormat, rest[0] == '{'
                ? "Expected a JSON array of objects, or one object, found several objects one after another: one object a line is the format ndjson."
                : "Expected the end of the file after the object, found more.", default);
        }

        if (!_buffer.IsLast) return (Step.More, "", default);
        var element = _buffer.Unread[..length];
        _buffer.Take(length);
        _isDone = true;
        return (Step.Element, "", element);
    }
}
