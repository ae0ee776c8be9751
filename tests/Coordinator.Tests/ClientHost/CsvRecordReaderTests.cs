using System.Text;
using Coordinator.ClientHost.Rows;
using Coordinator.Errors;
using Coordinator.Rows;

namespace Coordinator.Tests.ClientHost;

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
    public async Task Rows_are_numbered_by_line_whatever_the_line_ends_and_quotes_hold()
    {
        var chunk = Assert.Single(await Records.ReadAsync(RowFormat.Csv, "\uFEFFa\r\n1\r\n\r\n\"2\r\n2\"\r\n3"));
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
    [InlineData("a,a\n1,2\n", "a stands twice")]
    [InlineData("a,,c\n1,2,3\n", "column 2 of the header row has no name")]
    [InlineData("", "header row")]
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
        Assert.Contains("quote left open", chunks[^1].Stopped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_keep_their_source()
    {
        var chunks = await Records.ReadAsync(RowFormat.Csv, "a,b\n1,\"x\ny\"\n2,\n3,z\n", rows: 2);
        Assert.Equal(["1,\"x\ny\"", "2,", "3,z"], chunks.SelectMany(static c => c.Source()).Select(static r => Encoding.UTF8.GetString(r.Span)));
    }
}
