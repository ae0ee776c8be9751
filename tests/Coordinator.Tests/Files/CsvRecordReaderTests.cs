using System.Text;
using Coordinator.Files.Records;
using Coordinator.Rows;

namespace Coordinator.Tests.Files;

public sealed class CsvRecordReaderTests
{
    [Fact]
    public async Task An_empty_field_is_null_without_quotes_and_empty_text_with_them()
    {
        var block = await Records.BlockAsync(RowFormat.Csv, "a,b,c\n1,,\"\"\n,\"x,\"\"y\"\"\nz\",2\n");
        Assert.Equal(["a", "b", "c"], block.Schema.Names);
        Assert.All(block.Schema.Types, static t => Assert.Equal(ColumnType.Text, t));
        Assert.Equal(["1", null], block.Column("a").Values);
        Assert.Equal([null, "x,\"y\"\nz"], block.Column("b").Values);
        Assert.Equal(["", "2"], block.Column("c").Values);
    }

    [Fact]
    public async Task Rows_are_numbered_by_line_with_any_line_ends_and_quotes()
    {
        var chunk = Assert.Single(await Records.ReadAsync(RowFormat.Csv, "\uFEFFa,b\r\n1,\r\n\r\n\"2\r\n2\",\r\n3,"));
        Assert.Equal([2L, 4L, 6L], chunk.Rows);
        Assert.Equal(["1", "2\r\n2", "3"], chunk.Encode()!.Column("a").Values);
    }

    [Theory]
    [InlineData("1,2,3", "Expected 2 fields")]
    [InlineData("1", "Expected 2 fields")]
    [InlineData("a\"b,1", "quote")]
    [InlineData("\"a\"b,1", "closing quote")]
    public async Task A_malformed_record_is_an_error_of_its_chunk_that_names_the_line(string record, string reason)
    {
        var chunks = await Records.ReadAsync(RowFormat.Csv, $"a,b\n1,1\n2,2\n3,3\n{record}\n5,5\n", rows: 2);
        Assert.Equal([true, false, true], chunks.Select(static c => c.Encode() is not null));
        var error = Assert.Single(chunks[1].Errors);
        Assert.Equal(5, error.Row);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_UTF8_is_an_error_that_names_the_line()
    {
        var chunk = Assert.Single(await Records.ReadAsync(RowFormat.Csv, [.. "a\n1\n"u8, 0xC3, 0x28, (byte)'\n']));
        Assert.Null(chunk.Encode());
        Assert.Equal(3, Assert.Single(chunk.Errors).Row);
    }

    [Theory]
    [InlineData("a,a\n1,2\n", "a occurs twice")]
    [InlineData("a,,c\n1,2,3\n", "column 2 of the header row has no name")]
    public async Task A_header_that_names_no_usable_columns_is_refused(string text, string reason)
    {
        var e = await Assert.ThrowsAsync<InvalidRowsException>(() => Records.ReadAsync(RowFormat.Csv, text));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_left_open_ends_the_reading_within_bounded_memory()
    {
        var chunks = await Records.ReadAsync(RowFormat.Csv, $"a\n1\n2\n\"{new string('x', RowBlock.MaxRowBytes * 3)}\n", rows: 1);
        Assert.NotNull(chunks[0].Encode());
        Assert.Contains("quote left open", chunks[^1].Stopped!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_keep_their_source()
    {
        var chunks = await Records.ReadAsync(RowFormat.Csv, "a,b\n1,\"x\ny\"\n2,\n3,z\n", rows: 2);
        Assert.Equal(["1,\"x\ny\"", "2,", "3,z"], chunks.SelectMany(static c => c.Source()).Select(static r => Encoding.UTF8.GetString(r.Text.Span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    [InlineData("a,b\n")]
    [InlineData("a,b")]
    public async Task A_file_without_records_has_no_rows(string text) => Assert.Empty(await Records.ReadAsync(RowFormat.Csv, text));

    [Fact]
    public async Task An_empty_line_is_a_null_where_there_is_one_column()
    {
        var one = await Records.BlockAsync(RowFormat.Csv, "v\na\n\n\"\"\nc\n\n");
        Assert.Equal(["a", null, "", "c", null], one.Column("v").Values);
        var two = await Records.BlockAsync(RowFormat.Csv, "\uFEFFv,w\r\na,1\r\n\r\nb,2\r\n\r\n");
        Assert.Equal(["a", "b"], two.Column("v").Values);
    }

    [Fact]
    public async Task A_header_row_is_the_first_line()
    {
        var error = await Assert.ThrowsAsync<InvalidRowsException>(() => Records.ReadAsync(RowFormat.Csv, "\nv,w\n1,2\n"));
        Assert.Contains("Line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_delimiter_and_what_stands_for_null_are_the_files_own()
    {
        var block = await Records.BlockAsync(RowFormat.Csv, "a;b\nNA;1,5\n\"NA\";\n", new CsvDialect { Delimiter = ';', Null = "NA" });
        Assert.Equal([null, "NA"], block.Column("a").Values);
        Assert.Equal(["1,5", ""], block.Column("b").Values);
    }

    [Theory]
    [InlineData("tab", '\t')]
    [InlineData("\\t", '\t')]
    [InlineData(";", ';')]
    [InlineData("|", '|')]
    public void A_delimiter_is_one_character_or_tab(string text, char expected) => Assert.Equal(expected, CsvDialect.ParseDelimiter(text));

    [Theory]
    [InlineData("")]
    [InlineData("::")]
    [InlineData("\"")]
    [InlineData("\n")]
    [InlineData("ü")]
    public void Anything_else_is_no_delimiter(string text) => Assert.Throws<FormatException>(() => CsvDialect.ParseDelimiter(text));

    [Theory]
    [InlineData("a,b\r\n1,x\r\n2,\"y\r\n3,z\r\n", 3, 2)]
    [InlineData("\uFEFFa,b\n\"1\n2,3", 2, 1)]
    public async Task A_quote_that_is_not_closed_breaks_off_where_its_record_begins(string text, long line, int recordNumber)
    {
        var chunks = await Records.ReadAsync(RowFormat.Csv, text);
        Assert.Equal(recordNumber, chunks.Count);
        var bytes = Encoding.UTF8.GetBytes(text);
        var begin = bytes.AsSpan().IndexOf(recordNumber == 2 ? "2,"u8 : "\"1"u8);
        Assert.Equal((line, line, (long)begin), (chunks[^1].Stopped!.Row, chunks[^1].Stopped!.Line, chunks[^1].Stopped!.Byte));
        if (recordNumber == 2) Assert.Equal(["1"], chunks[0].Encode()!.Column("a").Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_record_beyond_the_limit_breaks_off_where_it_begins(int records)
    {
        var before = "a\n" + string.Concat(Enumerable.Range(0, records).Select(static i => $"{i}\n"));
        var chunks = await Records.ReadAsync(RowFormat.Csv, $"{before}\"{new string('x', RowBlock.MaxRowBytes * 2)}\"\n5\n");
        var stopped = chunks[^1].Stopped!;
        Assert.Equal((records + 2L, (long)before.Length), (stopped.Line, stopped.Byte));
    }
}
