using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Coordinator.Errors;
using Coordinator.Rows;
using CsvHelper;

namespace Coordinator.ClientHost.Rows;

/// <summary>Reads comma-separated values with a header row. An empty field without quotes is null, an empty one in quotes is empty text.</summary>
internal static class CsvRecordReader
{
    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        Separator = ',',
        TrackLineNumbers = true,
        MaxRecordSize = RowBlock.MaxRowBytes,
        IncludeValuesInExceptions = false,
    };

    /// <summary>The names in the header row.</summary>
    public static async Task<IReadOnlyList<string>> HeaderAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var csv = CsvReader.Create(stream, Options, leaveOpen: true);
        await csv.ReadHeaderAsync(cancellationToken);
        return csv.Headers;
    }

    public static async IAsyncEnumerable<RecordChunk> ReadAsync(Stream stream, ChunkLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? malformed = null;
        var options = Options with { OnMalformedRecord = record => malformed = Describe(record.Reason) };
        using var csv = CsvReader.Create(stream, options, leaveOpen: true);
        await csv.ReadHeaderAsync(cancellationToken);
        var schema = Header(csv.Headers);
        var chunk = new CsvRecordChunk(0, schema);
        var line = 1L;
        while (true)
        {
            malformed = null;
            string? stopped = null;
            var isRead = false;
            try
            {
                isRead = await csv.ReadAsync(cancellationToken);
            }
            catch (CsvFormatException e)
            {
                line = Math.Max(line, e.LineNumber);
                stopped = $"{e.Message} A record has at most {RowBlock.MaxRowBytes} bytes: is a quote left open? Nothing after it can be read.";
            }

            if (stopped is not null)
            {
                if (limits.EndsBefore(chunk.Rows.Count, chunk.SourceBytes, 0))
                {
                    yield return chunk;
                    chunk = new CsvRecordChunk(chunk.Number + 1, schema);
                }

                chunk.Rows.Add(line);
                chunk.Stop(line, stopped);
                break;
            }

            if (!isRead) break;
            line = csv.LineNumber;
            if (limits.EndsBefore(chunk.Rows.Count, chunk.SourceBytes, csv.RawRecord.Length))
            {
                yield return chunk;
                chunk = new CsvRecordChunk(chunk.Number + 1, schema);
            }

            Add(chunk, csv, schema, malformed);
        }

        if (chunk.Rows.Count > 0) yield return chunk;
    }

    private static RowSchema Header(IReadOnlyList<string> names)
    {
        if (names.Count == 0) throw new InvalidRowsException("Line 1: expected a header row with the names of the columns, found nothing.");
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length == 0) throw new InvalidRowsException($"Line 1: column {i + 1} of the header row has no name.");
        }

        try
        {
            return new RowSchema([.. names.Select(static n => (n, ColumnType.Text))]);
        }
        catch (InvalidRowsException e)
        {
            throw new InvalidRowsException($"Line 1, the header row: {e.Message}");
        }
    }

    private static void Add(CsvRecordChunk chunk, CsvReader csv, RowSchema schema, string? malformed)
    {
        var line = csv.LineNumber;
        chunk.AddSource(csv.RawRecord, line);
        if (malformed is not null) chunk.AddError(line, "", malformed);
        else if (csv.FieldCount != schema.Count) chunk.AddError(line, "", $"Expected {schema.Count} fields as in the header row, found {csv.FieldCount}.");
        else if (csv.RawRecord.Length > RowBlock.MaxRowBytes) chunk.AddError(line, "", $"The record has more than {RowBlock.MaxRowBytes} bytes; a row takes at most that.");
        else if (!Utf8.IsValid(csv.RawRecord)) chunk.AddError(line, "", "The record is not valid UTF-8.");
        if (chunk.Errors.Count > 0) return;
        for (var i = 0; i < schema.Count; i++)
        {
            if (csv.GetRawSpan(i).IsEmpty) chunk[i].AppendNull();
            else chunk[i].Append(csv.GetSpan(i));
        }
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "A quote stands within a field that does not begin with one. Put the field in quotes and double the quotes within.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows a closing quote. Double the quotes within a quoted field.",
        CsvMalformedReason.UnterminatedQuote => "A quoted field is not closed before the end of the file.",
        _ => $"The record is malformed ({reason}).",
    };
}
