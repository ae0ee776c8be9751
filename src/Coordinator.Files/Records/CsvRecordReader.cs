using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Coordinator.Rows;
using CsvHelper;

namespace Coordinator.Files.Records;

/// <summary>Reads delimited values with a header row. An unquoted field with <see cref="CsvDialect.Null"/> is null; in quotes it is text. An
/// empty line is a record if there is one column, because PostgreSQL's COPY writes a null like that; otherwise it is skipped.</summary>
internal static class CsvRecordReader
{
    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        TrackLineNumbers = true,
        SkipEmptyLines = false,
        MaxRecordSize = RowBlock.MaxRowBytes,
        IncludeValuesInExceptions = false,
    };

    /// <summary>The names in the header row; empty for an empty file.</summary>
    public static async Task<IReadOnlyList<string>> HeaderAsync(Stream stream, CsvDialect dialect, CancellationToken cancellationToken)
    {
        using var csv = CsvReader.Create(stream, Options with { Separator = dialect.Delimiter }, leaveOpen: true);
        return await ReadHeaderAsync(csv, cancellationToken) ? csv.Headers : [];
    }

    public static async IAsyncEnumerable<RecordChunk> ReadAsync(
        Stream stream, CsvDialect dialect, ChunkLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CsvMalformedReason? malformed = null;
        var options = Options with { Separator = dialect.Delimiter, OnMalformedRecord = record => malformed = record.Reason };
        using var csv = CsvReader.Create(stream, options, leaveOpen: true);
        if (!await ReadHeaderAsync(csv, cancellationToken)) yield break;
        RecordChunk? stopped = null;
        var chunk = new CsvRecordChunk(Schema(csv.Headers));
        while (stopped is null)
        {
            malformed = null;
            try
            {
                if (!await csv.ReadAsync(cancellationToken)) break;
            }
            catch (CsvFormatException e)
            {
                stopped = Broken(
                    chunk, e.LineNumber, e.ByteOffset, $"{e.Message} A record has at most {RowBlock.MaxRowBytes} bytes: is a quote left open?");
                break;
            }

            if (csv.RawRecord.IsEmpty && csv.Headers.Count > 1) continue;
            if (malformed == CsvMalformedReason.UnterminatedQuote)
            {
                stopped = Broken(chunk, csv.LineNumber, csv.ByteOffset, Describe(CsvMalformedReason.UnterminatedQuote));
                break;
            }

            if (limits.EndsBefore(chunk, csv.RawRecord.Length))
            {
                yield return chunk;
                chunk = new CsvRecordChunk(chunk);
            }

            Add(chunk, csv, dialect, malformed);
        }

        if (chunk.Rows.Count > 0) yield return chunk;
        if (stopped is not null) yield return stopped;
    }

    private static BrokenOffChunk Broken(CsvRecordChunk chunk, long line, long offset, string reason) =>
        new(chunk, new ReadBreak(line, line, offset, reason + " Nothing after it can be read."));

    private static async Task<bool> ReadHeaderAsync(CsvReader csv, CancellationToken cancellationToken)
    {
        try
        {
            await csv.ReadHeaderAsync(cancellationToken);
            if (csv.Headers is not [""]) return csv.Headers.Count > 0;
            // A file of empty lines is an empty file.
            while (await csv.ReadAsync(cancellationToken))
            {
                if (!csv.RawRecord.IsEmpty)
                    throw new InvalidRowsException("Line 1, the header row, is empty. Begin the file with the names of its columns.");
            }

            return false;
        }
        catch (CsvFormatException e)
        {
            throw new InvalidRowsException($"Line 1, the header row: {e.Message}");
        }
    }

    private static RowSchema Schema(IReadOnlyList<string> names)
    {
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

    private static void Add(CsvRecordChunk chunk, CsvReader csv, CsvDialect dialect, CsvMalformedReason? malformed)
    {
        var line = csv.LineNumber;
        var fields = csv.Headers.Count;
        chunk.AddSource(csv.RawRecord, line, csv.ByteOffset);
        if (malformed is { } reason) chunk.AddError(line, "", Describe(reason));
        else if (csv.FieldCount != fields) chunk.AddError(line, "", $"Expected {fields} fields as in the header row, found {csv.FieldCount}.");
        else if (csv.RawRecord.Length > RowBlock.MaxRowBytes)
            chunk.AddError(line, "", $"The record has more than {RowBlock.MaxRowBytes} bytes; a row takes at most that.");
        else if (!Utf8.IsValid(csv.RawRecord)) chunk.AddError(line, "", "The record is not valid UTF-8.");
        if (chunk.Errors.Count > 0) return;
        for (var i = 0; i < fields; i++)
        {
            if (csv.GetRawSpan(i).SequenceEqual(dialect.NullBytes)) chunk[i].AppendNull();
            else chunk[i].Append(csv.GetSpan(i));
        }
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote =>
            "A field that does not begin with a quote contains one. Put the field in quotes and double the quotes within.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows a closing quote. Double the quotes within a quoted field.",
        CsvMalformedReason.UnterminatedQuote => "A quoted field is not closed before the end of the file.",
        _ => $"The record is malformed ({reason}).",
    };
}
