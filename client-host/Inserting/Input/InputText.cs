using Coordinator.ClientHost.Rows;

namespace Coordinator.ClientHost.Inserting.Input;

/// <summary>An input as it is to be read: its text, its format and its dialect.</summary>
/// <param name="File">The text.</param>
/// <param name="Format">How records are written.</param>
/// <param name="Dialect">How the fields of CSV are written.</param>
internal sealed record InputText(InputFile File, RowFormat Format, CsvDialect Dialect)
{
    private const int SampleBytes = 64 * 1024;

    /// <summary>Looks at the beginning for what was not said.</summary>
    /// <param name="file">The text.</param>
    /// <param name="format">The format that was said, or that the name says.</param>
    /// <param name="delimiter">What <c>--delimiter</c> says, or null to find out.</param>
    /// <param name="nullMarker">What <c>--null</c> says.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The input, and what was found out that is not the default, in words; else empty.</returns>
    /// <exception cref="FormatException">The content is in another format.</exception>
    public static async Task<(InputText Input, string Found)> OfAsync(
        InputFile file, RowFormat format, char? delimiter, string nullMarker, CancellationToken cancellationToken)
    {
        var sample = new byte[SampleBytes];
        await using var stream = file.Rewound();
        var length = await stream.ReadAtLeastAsync(sample, sample.Length, throwOnEndOfStream: false, cancellationToken);
        var beginning = sample.AsMemory(0, length);
        if (beginning.Span.StartsWith("\uFEFF"u8)) beginning = beginning[3..];
        if (format == RowFormat.Ndjson && IsArrayOfObjects(beginning.Span))
            throw new FormatException("The file holds a JSON array, not one object a line. Give --format json.");
        if (format == RowFormat.Csv && OtherThanCsv(beginning.Span) is { } other) throw new FormatException(other);
        if (format != RowFormat.Csv) return (new InputText(file, format, CsvDialect.Default), file.Description);

        var chosen = delimiter ?? DelimiterDetection.Of(beginning.Span);
        var found = delimiter is null && chosen != CsvDialect.Default.Delimiter
            ? $"delimiter {DelimiterDetection.Name(chosen)} by its header row"
            : "";
        string[] all = [file.Description, found];
        var dialect = new CsvDialect { Delimiter = chosen, Null = nullMarker };
        return (new InputText(file, format, dialect), string.Join(", ", all.Where(static f => f.Length > 0)));
    }

    /// <summary>Reads the records of a stream that stands at the beginning of the text.</summary>
    public IAsyncEnumerable<RecordChunk> ReadAsync(FileSlice text, ChunkLimits limits, CancellationToken cancellationToken) =>
        RecordReader.ReadAsync(Format, text, Dialect, limits, cancellationToken);

    /// <summary>The names of the columns if they stand in a header row; else none.</summary>
    public async Task<IReadOnlyList<string>> HeaderAsync(CancellationToken cancellationToken) =>
        Format == RowFormat.Csv ? await CsvRecordReader.HeaderAsync(File.Rewound(), Dialect, cancellationToken) : [];

    /// <summary>
    /// What a file is that does not begin with a header row, in words, or null. One line of it alone would be taken for a header row without rows.
    /// </summary>
    private static string? OtherThanCsv(ReadOnlySpan<byte> beginning)
    {
        var content = beginning.TrimStart(" \t\r\n"u8);
        return content.IsEmpty ? null : content[0] switch
        {
            (byte)'[' => "The file begins with [ as a JSON array does, not with the header row of CSV. Give --format json.",
            (byte)'{' => "The file begins with { as a JSON object does, not with the header row of CSV. Give --format ndjson or json.",
            (byte)'<' => "The file begins with < as HTML and XML do, not with the header row of CSV.",
            _ => null,
        };
    }

    private static bool IsArrayOfObjects(ReadOnlySpan<byte> beginning)
    {
        var content = beginning.TrimStart(" \t\r\n"u8);
        if (content.IsEmpty || content[0] != '[') return false;
        content = content[1..].TrimStart(" \t\r\n"u8);
        return !content.IsEmpty && content[0] is (byte)'{' or (byte)']';
    }
}
