using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Coordinator.Rows;

namespace Coordinator.ClientHost.Rows;

/// <summary>Reads one JSON array of objects, element by element. A row number is a position in the array.</summary>
/// <remarks>Where the array itself is broken nothing after it can be read: the chunk says so, and earlier ones stand.</remarks>
internal sealed class JsonArrayReader
{
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private bool _isLast;
    private bool _isInside;
    private JsonReaderState _state;

    private enum Step
    {
        Element,
        More,
        End,
    }

    public static async IAsyncEnumerable<RecordChunk> ReadAsync(Stream stream, ChunkLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new JsonArrayReader();
        var chunk = new JsonRecordChunk(0);
        await reader.FillAsync(stream, cancellationToken);
        reader.SkipMark();
        for (var position = 1L; ; position++)
        {
            var (step, error, element) = reader.Next();
            while (step == Step.More && error is null)
            {
                if (reader._end - reader._start > RowBlock.MaxRowBytes)
                {
                    error = $"Record {position} has more than {RowBlock.MaxRowBytes} bytes; a row takes at most that.";
                    break;
                }

                await reader.FillAsync(stream, cancellationToken);
                (step, error, element) = reader.Next();
            }

            if (error is not null)
            {
                if (limits.EndsBefore(chunk.Rows.Count, chunk.SourceBytes, 0))
                {
                    yield return chunk;
                    chunk = new JsonRecordChunk(chunk.Number + 1);
                }

                chunk.Rows.Add(position);
                chunk.Stop(position, error + " Nothing after it can be read.");
                break;
            }

            if (step == Step.End) break;
            if (limits.EndsBefore(chunk.Rows.Count, chunk.SourceBytes, element.Length))
            {
                yield return chunk;
                chunk = new JsonRecordChunk(chunk.Number + 1);
            }

            chunk.Add(new ReadOnlySequence<byte>(element), position);
        }

        if (chunk.Rows.Count > 0) yield return chunk;
    }

    private async Task FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAtLeastAsync(_buffer.AsMemory(_end), Math.Min(4, _buffer.Length - _end), throwOnEndOfStream: false, cancellationToken);
        _end += read;
        _isLast = read == 0;
    }

    private void SkipMark()
    {
        if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8)) _start += 3;
    }

    /// <summary>Takes the next element if the buffer holds all of it.</summary>
    private (Step Step, string? Error, ReadOnlyMemory<byte> Element) Next()
    {
        try
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isLast, _state);
            if (!_isInside)
            {
                if (!reader.Read()) return (Step.More, null, default);
                if (reader.TokenType != JsonTokenType.StartArray)
                    return (Step.More, $"Expected a JSON array of objects, found {JsonColumns.Name(reader.TokenType)}. One object a line is the format ndjson.", default);
                _isInside = true;
                Take(ref reader);
                return Next();
            }

            if (!reader.Read()) return (Step.More, null, default);
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                // Only white space may follow; the reader itself says so otherwise.
                Take(ref reader);
                _isInside = false;
                return AfterEnd();
            }

            var from = (int)reader.TokenStartIndex;
            if (!reader.TrySkip()) return (Step.More, null, default);
            var element = _buffer.AsMemory(_start + from, (int)reader.BytesConsumed - from);
            Take(ref reader);
            return (Step.Element, null, element);
        }
        catch (JsonException e)
        {
            return (Step.More, $"Line {e.LineNumber + 1}: {JsonColumns.Message(e)}", default);
        }
    }

    private (Step Step, string? Error, ReadOnlyMemory<byte> Element) AfterEnd()
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        return rest.IndexOfAnyExcept(" \t\r\n"u8) < 0
            ? (Step.End, null, default)
            : (Step.More, "Expected the end of the file after the array's ']', found more.", default);
    }

    private void Take(ref Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
    }
}
