using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Coordinator.Rows;

namespace Coordinator.Files.Records;

/// <summary>Reads one JSON object per line. Blank lines are skipped but counted, so a row number is a line number.</summary>
internal static class NdjsonReader
{
    private const int BufferBytes = 256 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static async IAsyncEnumerable<RecordChunk> ReadAsync(
        Stream stream, ChunkLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        var chunk = new JsonRecordChunk();
        var line = 1L;
        var offset = 0L;
        // Bytes of the present line that were discarded because the line is too long.
        var skipped = 0L;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (NextLine(ref rest, read.IsCompleted, out var whole, out var lineBytes))
            {
                var (before, record) = Trimmed(line == 1 ? WithoutMark(whole) : whole, whole);
                var length = skipped > 0 ? skipped + whole.Length : record.Length;
                if (length > 0)
                {
                    var isOversized = length > RowBlock.MaxRowBytes;
                    if (limits.EndsBefore(chunk, isOversized ? 0 : length))
                    {
                        yield return chunk;
                        chunk = new JsonRecordChunk(chunk);
                    }

                    if (isOversized) chunk.AddOversized(line, skipped > 0 ? offset : offset + before, length);
                    else chunk.Add(record, line, offset + before);
                }

                offset += skipped + lineBytes;
                skipped = 0;
                line++;
            }

            if (rest.Length > RowBlock.MaxRowBytes || (skipped > 0 && !read.IsCompleted))
            {
                // The line is too long for a row. Its bytes are discarded as they arrive, which bounds the memory for any file.
                skipped += rest.Length;
                rest = rest.Slice(rest.End);
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) break;
        }

        if (skipped > 0)
        {
            if (limits.EndsBefore(chunk, 0))
            {
                yield return chunk;
                chunk = new JsonRecordChunk(chunk);
            }

            chunk.AddOversized(line, offset, skipped);
        }

        if (chunk.Rows.Count > 0) yield return chunk;
        await reader.CompleteAsync();
    }

    private static bool NextLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line, out long lineBytes)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            lineBytes = line.Length + 1;
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        lineBytes = line.Length;
        if (!isLast || rest.IsEmpty) return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        return reader.IsNext(ByteOrderMark, advancePast: true) ? reader.UnreadSequence : line;
    }

    /// <summary>The record without surrounding white space, and the number of bytes before it in the line.</summary>
    private static (long Before, ReadOnlySequence<byte> Record) Trimmed(ReadOnlySequence<byte> line, ReadOnlySequence<byte> whole)
    {
        var reader = new SequenceReader<byte>(line);
        reader.AdvancePastAny(" \t\r"u8);
        var record = reader.UnreadSequence;
        var before = whole.Length - record.Length;
        while (record.Length > 0 && record.Slice(record.Length - 1).FirstSpan[0] is (byte)' ' or (byte)'\t' or (byte)'\r')
            record = record.Slice(0, record.Length - 1);
        return (before, record);
    }
}
