using Coordinator.Files.Records;
using Coordinator.Rows;

namespace Coordinator.Tests.Files;

public sealed class JsonArrayReaderTests
{
    [Fact]
    public async Task Elements_are_rows_numbered_by_their_position()
    {
        var chunks = await Records.ReadAsync(RowFormat.Json, "\uFEFF [ {\"a\":1,\n\"b\":{\"c\":[1]}} ,\n{\"a\":2}, {\"a\":3} ]\n", rows: 2);
        Assert.Equal([[1L, 2L], [3L]], chunks.Select(static c => c.Rows));
        Assert.Equal(["1", "2"], chunks[0].Encode()!.Column("a").Values);
        Assert.Equal(["{\"c\":[1]}", Records.Absent], new[] { chunks[0] }.Select(static c => c.Encode()!).First().Column("b").Values);
        Assert.All(chunks, static c => Assert.Null(c.Stopped));
    }

    [Fact]
    public async Task Large_elements_are_read_across_buffers()
    {
        var large = new string('x', 700_000);
        var chunks = await Records.ReadAsync(RowFormat.Json, $"[{{\"a\":\"{large}\"}},{{\"a\":\"b\"}}]");
        Assert.Equal([$"\"{large}\"", "\"b\""], chunks.Select(static c => c.Encode()!).SelectMany(static b => b.Column("a").Values));
    }

    [Theory]
    [InlineData("[{\"a\":1},{\"a\":2},{\"a\" 3},{\"a\":4}]", "Malformed JSON")]
    [InlineData("[{\"a\":1},{\"a\":2},{\"a\":3}", "Malformed JSON")]
    [InlineData("[{\"a\":1},{\"a\":2},{\"a\":3}] x", "Expected the end of the file")]
    public async Task Where_the_array_is_broken_earlier_chunks_stand_and_the_last_one_says_why_it_ends(string text, string reason)
    {
        var chunks = await Records.ReadAsync(RowFormat.Json, text, rows: 2);
        Assert.NotNull(chunks[0].Encode());
        var last = chunks[^1];
        Assert.Null(last.Encode());
        Assert.Contains(reason, last.Stopped!.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, last.Errors[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}", "one object a line is the format ndjson")]
    [InlineData("{\"a\":1} x", "Expected the end of the file after the object")]
    [InlineData("7", "Expected a JSON array of objects, or one object, found a number")]
    public async Task What_is_no_array_is_another_format_and_the_message_says_what_is_expected(string text, string reason)
    {
        var chunk = Assert.Single(await Records.ReadAsync(RowFormat.Json, text));
        Assert.Null(chunk.Encode());
        Assert.True(chunk.Stopped!.IsOtherFormat);
        Assert.Contains(reason, chunk.Stopped.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":{}}")]
    [InlineData("\uFEFF \n {\"a\":1,\n\"b\":{}}\n \n")]
    public async Task An_object_that_stands_alone_is_one_row(string text)
    {
        var chunk = Assert.Single(await Records.ReadAsync(RowFormat.Json, text));
        Assert.Equal([1L], chunk.Rows);
        Assert.Equal(text.IndexOf('{', StringComparison.Ordinal) + (text[0] == '\uFEFF' ? 2 : 0), Assert.Single(chunk.Source()).Offset);
        Assert.Equal(["1"], chunk.Encode()!.Column("a").Values);
    }

    [Fact]
    public async Task The_records_before_a_break_stand_and_the_break_says_its_row_line_and_byte()
    {
        const string Text = "[\n{\"a\":1},\n{\"a\":2},\n{\"a\":3},\n  {\"a\" 4},\n{\"a\":5}\n]";
        var chunks = await Records.ReadAsync(RowFormat.Json, Text, rows: 2);
        Assert.Equal([[1L, 2L], [3L], []], chunks.Select(static c => c.Rows));
        Assert.Equal(["3"], chunks[1].Encode()!.Column("a").Values);
        var stopped = chunks[2].Stopped!;
        Assert.Equal((4L, 5L, (long)Text.IndexOf("{\"a\" 4", StringComparison.Ordinal)), (stopped.Row, stopped.Line, stopped.Byte));
        Assert.False(stopped.IsOtherFormat);
    }

    [Fact]
    public async Task Records_know_their_ordinals_and_where_they_stand()
    {
        const string Text = "[{\"a\":1} ,\n {\"a\":22},{\"a\":3}]";
        var chunks = await Records.ReadAsync(RowFormat.Json, Text, rows: 2);
        Assert.Equal([1L, 3L], chunks.Select(static c => c.First));
        Assert.Equal(
            ["{\"a\":1}", "{\"a\":22}", "{\"a\":3}"],
            chunks.SelectMany(static c => c.Source()).Select(static r => Text.Substring((int)r.Offset, (int)r.Length)));
    }

    [Fact]
    public async Task An_element_that_is_no_object_is_an_error_of_its_own_chunk()
    {
        var chunks = await Records.ReadAsync(RowFormat.Json, "[{\"a\":1},7,{\"a\":3}]", rows: 1);
        Assert.Equal([true, false, true], chunks.Select(static c => c.Encode() is not null));
        Assert.Equal(2, Assert.Single(chunks[1].Errors).Row);
    }

    [Fact]
    public async Task An_empty_array_and_an_empty_file_have_no_rows()
    {
        foreach (var text in new[] { "[ ]", "", " \n", "\uFEFF" }) Assert.Empty(await Records.ReadAsync(RowFormat.Json, text));
    }

    [Fact]
    public async Task An_element_beyond_the_limit_of_a_row_ends_the_reading()
    {
        var chunks = await Records.ReadAsync(RowFormat.Json, $"[{{\"a\":1}},{{\"a\":\"{new string('x', RowBlock.MaxRowBytes * 2)}\"}}]", rows: 1);
        Assert.Contains("Record 2", chunks[^1].Stopped!.Reason, StringComparison.Ordinal);
    }
}
