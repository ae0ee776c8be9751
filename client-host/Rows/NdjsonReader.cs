using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Coordinator.Rows;

namespace Coordinator.ClientHost.Rows;

/// <summary>Reads one JSON object a line. Blank lines are skipped but counted, so a row number is a line number.</summary>
internal static class NdjsonReader
{
    private const int BufferBytes = 256 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static async IAsyncEnumerable<RecordChunk> ReadAsync(Stream stream, ChunkLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        var chunk = new JsonRecordChunk(0);
        var line = 1L;
        var isOversized = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (NextLine(ref rest, read.IsCompleted, out var record))
            {
                if (line == 1) record = WithoutMark(record);
                record = Trimmed(record);
                if (isOversized || record.Length > 0)
                {
                    isOversized |= record.Length > RowBlock.MaxRowBytes;
                    if (limits.EndsBefore(chunk.Rows.Count, chunk.SourceBytes, isOversized ? 0 : record.Length))
                    {
                        yield return chunk;
                        chunk = new JsonRecordChunk(chunk.Number + 1);
                    }

                    if (isOversized) chunk.AddOversized(line);
                    else chunk.Add(record, line);
                    isOversized = false;
                }

                line++;
            }

            if (rest.Length > RowBlock.MaxRowBytes)
            {
                // Too long to be a row: forget it as it comes, so that memory stays bounded whatever the file.
                isOversized = true;
                rest = rest.Slice(rest.End);
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) break;
        }

        if (isOversized) chunk.AddOversized(line);
        if (chunk.Rows.Count > 0) yield return chunk;
        await reader.CompleteAsync();
    }

    private static bool NextLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!isLast || rest.IsEmpty) return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        return reader.IsNext(ByteOrderMark, advancePast: true) ? reader.UnreadSequence : line;
    }

    private static ReadOnlySequence<byte> Trimmed(ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        reader.AdvancePastAny(" \t\r"u8);
        if (reader.End) return ReadOnlySequence<byte>.Empty;
        var length = line.Length;
        return line.Slice(length - 1).FirstSpan[0] == '\r' ? line.Slice(0, length - 1) : line;
    }
}
