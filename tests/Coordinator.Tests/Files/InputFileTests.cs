using System.IO.Compression;
using System.Text;
using Coordinator.Files.Input;
using Coordinator.Files.Records;

namespace Coordinator.Tests.Files;

public sealed class InputFileTests : IDisposable
{
    private const string Text = "name,n\nJürgen,1\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("utf-8", null, "")]
    [InlineData("utf-8 mark", null, "")]
    [InlineData("utf-16le mark", null, "utf-16le by its byte order mark")]
    [InlineData("utf-16be mark", null, "utf-16be by its byte order mark")]
    [InlineData("utf-16le", null, "utf-16le by its zero bytes")]
    [InlineData("utf-16be", null, "utf-16be by its zero bytes")]
    [InlineData("utf-16be mark", "utf-16", "")]
    [InlineData("utf-16le", "UTF-16", "")]
    [InlineData("latin1", "latin1", "")]
    [InlineData("windows-1252", "windows-1252", "")]
    [InlineData("gzip", null, "compressed with gzip")]
    [InlineData("gzip utf-16le mark", null, "compressed with gzip, utf-16le by its byte order mark")]
    public async Task Encoding_and_compression_are_detected_or_given_and_reported(
        string written, string? encoding, string description)
    {
        foreach (var isFile in new[] { true, false })
        {
            await using var input = await OpenAsync(Write(written, Text), encoding, isFile);
            Assert.Equal(Text, (await ReadAsync(input)).TrimStart('\uFEFF'));
            Assert.Equal(description, input.Description);
        }
    }

    [Fact]
    public async Task A_character_of_windows_1252_alone_is_read_as_what_it_is()
    {
        await using var input = await OpenAsync([0x80, (byte)'\n'], "windows-1252", isFile: true);
        Assert.Equal("€\n", await ReadAsync(input));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 2, 0, 0, 3, (byte)'\n', 255 }, "zero bytes")]
    [InlineData(new byte[] { 0x80, 0x01, 0xFF, 0x02, (byte)'\n' }, "no UTF-8")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0x14, 0, 6, 0 }, "Excel workbook")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8 }, "cannot be decompressed")]
    public async Task What_is_no_text_is_refused_by_what_it_is(byte[] content, string reason)
    {
        var refused = await Assert.ThrowsAsync<FormatException>(() => OpenAsync(content, null, isFile: true));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_file_that_is_cut_off_is_refused()
    {
        var whole = Write("gzip", string.Concat(Enumerable.Range(0, 50_000)));
        var refused = await Assert.ThrowsAsync<FormatException>(() => OpenAsync(whole[..(whole.Length / 2)], null, isFile: true));
        Assert.Contains("cannot be decompressed", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0 })]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b' })]
    public async Task What_an_encoding_cannot_say_is_refused_before_anything_is_read(byte[] content)
    {
        var refused = await Assert.ThrowsAsync<FormatException>(() => OpenAsync(content, "utf-16le", isFile: true));
        Assert.Contains("not valid utf-16le", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encoding_that_is_none_is_refused_by_those_there_are()
    {
        var refused = await Assert.ThrowsAsync<FormatException>(() => OpenAsync("a"u8.ToArray(), "ebcdic", isFile: true));
        Assert.Contains(TextEncoding.Names, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b;c,d\n", ',')]
    [InlineData("a;b;c,d\n1,2,3,4,5\n", ';')]
    [InlineData("\n\na\tb\n", '\t')]
    [InlineData("a|b\n", '|')]
    [InlineData("\"a;b;c\",d\n", ',')]
    [InlineData("a\n", ',')]
    [InlineData("", ',')]
    public void The_delimiter_is_the_one_that_the_header_row_has_most_of(string text, char expected) =>
        Assert.Equal(expected, DelimiterDetection.Of(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task What_was_found_out_is_said_together_and_what_was_given_is_not()
    {
        await using var file = await OpenAsync(Write("gzip", "a;b\n"), null, isFile: true);
        var (input, found) = await InputText.OfAsync(file, RowFormat.Csv, null, "", CancellationToken.None);
        Assert.Equal(("compressed with gzip, delimiter ';' by its header row", ';'), (found, input.Dialect.Delimiter));
        (input, found) = await InputText.OfAsync(file, RowFormat.Csv, ',', "", CancellationToken.None);
        Assert.Equal(("compressed with gzip", ','), (found, input.Dialect.Delimiter));
    }

    [Theory]
    [InlineData("[{\"a\":1}]", true)]
    [InlineData("\uFEFF [\n {\"a\":1}]", true)]
    [InlineData("[]", true)]
    [InlineData("[1]\n{\"a\":1}", false)]
    [InlineData("{\"a\":1}", false)]
    [InlineData("", false)]
    public async Task A_JSON_array_that_is_called_NDJSON_is_refused_by_what_to_say_instead(string text, bool isRefused)
    {
        await using var file = await OpenAsync(Encoding.UTF8.GetBytes(text), null, isFile: true);
        var reading = InputText.OfAsync(file, RowFormat.Ndjson, null, "", CancellationToken.None);
        if (isRefused) Assert.Contains("--format json", (await Assert.ThrowsAsync<FormatException>(() => reading)).Message, StringComparison.Ordinal);
        else await reading;
    }

    [Theory]
    [InlineData("[{\"id\":1}]", "--format json")]
    [InlineData("\uFEFF\n {\"id\":1}\n", "--format ndjson")]
    [InlineData("<html><body>502 Bad Gateway</body></html>", "HTML")]
    public async Task What_is_called_CSV_and_begins_as_no_header_row_does_is_refused(string text, string hint)
    {
        await using var file = await OpenAsync(Encoding.UTF8.GetBytes(text), null, isFile: true);
        var error = await Assert.ThrowsAsync<FormatException>(() => InputText.OfAsync(file, RowFormat.Csv, null, "", CancellationToken.None));
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UTF_32_is_refused_by_its_byte_order_mark(bool bigEndian)
    {
        var encoding = new UTF32Encoding(bigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("a,b\n1,2\n")];
        var error = await Assert.ThrowsAsync<FormatException>(() => OpenAsync(bytes, null, isFile: true));
        Assert.Contains("UTF-32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_are_read_beside_each_other()
    {
        await using var input = await OpenAsync("0123456789"u8.ToArray(), null, isFile: true);
        await using var all = input.Rewound();
        var four = new byte[4];
        await all.ReadExactlyAsync(four);
        await using var part = input.Slice(7, 2);
        Assert.Equal("78", await new StreamReader(part).ReadToEndAsync());
        Assert.Equal("456789", await new StreamReader(all).ReadToEndAsync());
        Assert.Equal(0, all.BytesLeft);
    }

    private static byte[] Write(string how, string text)
    {
        if (how.StartsWith("gzip", StringComparison.Ordinal))
        {
            var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(Write(how == "gzip" ? "utf-8" : how[5..], text));
            return compressed.ToArray();
        }

        var parts = how.Split(' ');
        Encoding encoding = parts[0] switch
        {
            "utf-16le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            "utf-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
            "utf-8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            _ => Encoding.Latin1,
        };
        return [.. parts.Length > 1 ? encoding.Preamble : [], .. encoding.GetBytes(text)];
    }

    private static async Task<string> ReadAsync(InputFile input)
    {
        using var reader = new StreamReader(input.Rewound(), new UTF8Encoding(false, true), detectEncodingFromByteOrderMarks: false);
        return await reader.ReadToEndAsync();
    }

    private async Task<InputFile> OpenAsync(byte[] content, string? encoding, bool isFile)
    {
        if (!isFile) return await InputFile.ReadAsync(new TricklingStream(content), "Standard input", encoding, CancellationToken.None);
        var path = Path.Combine(_folder, "file");
        await File.WriteAllBytesAsync(path, content);
        return await InputFile.OpenAsync(path, encoding, CancellationToken.None);
    }
}
