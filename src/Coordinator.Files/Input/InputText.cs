using Coordinator.Files.Records;

namespace Coordinator.Files.Input;

/// <summary>An input with its text, format and dialect.</summary>
/// <param name="File">The text.</param>
/// <param name="Format">The format of the records.</param>
/// <param name="Dialect">The format of CSV fields.</param>
internal sealed record InputText(InputFile File, RowFormat Format, CsvDialect Dialect)
{
    private const int SampleBytes = 64 * 1024;

    /// <summary>Detects the properties that were not given from the beginning of the text.</summary>
    /// <param name="file">The text.</param>
    /// <param name="format">The format, from an option or the file name.</param>
    /// <param name="delimiter">The value of <c>--delimiter</c>, or null to detect it.</param>
    /// <param name="nullMarker">The value of <c>--null</c>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The input, and a description of detected properties that differ from the default; else empty.</returns>
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

    /// <summary>Reads the records of a stream that is at the beginning of the text.</summary>
    public IAsyncEnumerable<RecordChunk> ReadAsync(FileSlice text, ChunkLimits limits, CancellationToken cancellationToken) =>
        RecordReader.ReadAsync(Format, text, Dialect, limits, cancellationToken);

    /// <summary>The column names of the header row; empty without a header row.</summary>
    public async Task<IReadOnlyList<string>> HeaderAsync(CancellationToken cancellationToken) =>
        Format == RowFormat.Csv ? await CsvRecordReader.HeaderAsync(File.Rewound(), Dialect, cancellationToken) : [];

    /// <summary>A description of a file that does not begin with a header row, or null. A single line of such a file would be read as a header
    /// without rows.</summary>
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
