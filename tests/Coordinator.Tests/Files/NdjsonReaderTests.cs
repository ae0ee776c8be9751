using System.Text;
using Coordinator.Files.Records;
using Coordinator.Rows;
using CsCheck;

namespace Coordinator.Tests.Files;

public sealed class NdjsonReaderTests
{
    [Fact]
    public async Task Columns_are_the_union_of_keys_in_first_seen_order_and_a_missing_key_is_absent_not_null()
    {
        var block = await Records.BlockAsync(RowFormat.Ndjson, """
            {"b": 1, "a": "x"}
            {"a": null, "c": true}
            """);
        Assert.Equal(["b", "a", "c"], block.Schema.Names);
        Assert.All(block.Schema.Types, static t => Assert.Equal(ColumnType.Json, t));
        Assert.Equal(["1", Records.Absent], block.Column("b").Values);
        Assert.Equal(["\"x\"", null], block.Column("a").Values);
        Assert.Equal([Records.Absent, "true"], block.Column("c").Values);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.50")]
    [InlineData("1e3")]
    [InlineData("-0")]
    [InlineData("123456789012345678901234567890.123456789012345678901234567890")]
    [InlineData("1e-400")]
    [InlineData("true")]
    [InlineData("\"a\"")]
    [InlineData("\"\"")]
    [InlineData("\"\\u00fc\\n\\\"\\ud83d\\ude00\"")]
    [InlineData("{\"x\": 1}")]
    [InlineData("[1, \"a\\u0041\"]")]
    [InlineData("[]")]
    public async Task Every_value_travels_as_it_is_written_with_any_neighbours(string value)
    {
        foreach (var neighbour in new[] { value, "1", "\"text\"", "null", "{}", "false", "1e300" })
        {
            var block = await Records.BlockAsync(RowFormat.Ndjson, $"{{\"v\": {neighbour}}}\n{{ \"v\" : {value} , \"w\":1}}");
            var (type, texts) = block.Column("v");
            Assert.Equal(ColumnType.Json, type);
            Assert.Equal([neighbour == "null" ? null : neighbour, value], texts);
        }
    }

    [Fact]
    public async Task Marks_carriage_returns_and_blank_lines_are_accepted_and_lines_are_counted()
    {
        var chunk = Assert.Single(await Records.ReadAsync(RowFormat.Ndjson, "\uFEFF{\"a\":1}\r\n\r\n  \n{\"a\":2}\r\n\n{\"a\":3}"));
        Assert.Equal([1L, 4L, 6L], chunk.Rows);
        Assert.Equal(["1", "2", "3"], chunk.Encode()!.Column("a").Values);
    }

    [Theory]
    [InlineData("{\"a\":1", "Malformed JSON")]
    [InlineData("{\"a\":1} x", "Malformed JSON")]
    [InlineData("{\"a\":tru}", "Malformed JSON")]
    [InlineData("[1]", "Expected a JSON object, found an array")]
    [InlineData("7", "Expected a JSON object, found a number")]
    [InlineData("{\"a\":\"\\ud800\"}", "not a Unicode character")]
    [InlineData("{\"a\":[1,{\"b\":\"\\ud800\"}]}", "not a Unicode character")]
    [InlineData("{\"a\":{\"\\udc00\":1}}", "not a Unicode character")]
    [InlineData("{}", "The record has no keys")]
    public async Task A_malformed_line_is_an_error_of_its_chunk_that_names_the_line(string line, string reason)
    {
        var chunks = await Records.ReadAsync(RowFormat.Ndjson, $"{{\"a\":1}}\n{{\"a\":2}}\n{{\"a\":3}}\n{line}\n{{\"a\":5}}\n", rows: 2);
        Assert.NotNull(chunks[0].Encode());
        Assert.Null(chunks[1].Encode());
        Assert.NotNull(chunks[2].Encode());
        var error = Assert.Single(chunks[1].Errors);
        Assert.Equal(4, error.Row);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_twice_in_one_object_is_an_error_that_names_line_and_key()
    {
        var chunk = Assert.Single(await Records.ReadAsync(RowFormat.Ndjson, "{\"a\":1}\n{\"a\":1,\"b\":2,\"a\":3}"));
        Assert.Null(chunk.Encode());
        var error = Assert.Single(chunk.Errors);
        Assert.Equal((2L, "a"), (error.Row, error.Column));
    }

    [Fact]
    public async Task Invalid_UTF8_is_an_error_that_names_the_line()
    {
        var chunk = Assert.Single(await Records.ReadAsync(RowFormat.Ndjson, [.. "{\"a\":1}\n{\"a\":\""u8, 0xC3, 0x28, .. "\"}\n"u8]));
        Assert.Null(chunk.Encode());
        Assert.Equal(2, Assert.Single(chunk.Errors).Row);
    }

    [Fact]
    public async Task A_line_beyond_the_limit_of_a_row_is_an_error_that_names_it_and_the_next_lines_are_read()
    {
        var large = new string('x', RowBlock.MaxRowBytes * 2);
        var chunks = await Records.ReadAsync(RowFormat.Ndjson, $"{{\"a\":\"b\"}}\n{{\"a\":\"{large}\"}}\n{{\"a\":\"c\"}}\n", rows: 1);
        Assert.Equal([true, false, true], chunks.Select(static c => c.Encode() is not null));
        Assert.Equal(2, Assert.Single(chunks[1].Errors).Row);
    }

    [Fact]
    public async Task Records_know_their_ordinals_and_where_they_stand_however_large_they_are()
    {
        var large = $"{{\"a\":\"{new string('x', RowBlock.MaxRowBytes * 2)}\"}}";
        var text = $"\uFEFF{{\"a\":1}}\r\n\n  {{\"a\":2}} \n{large}\n{{\"a\":3}}\n{large}";
        var bytes = Encoding.UTF8.GetBytes(text);
        var chunks = await Records.ReadAsync(RowFormat.Ndjson, text, rows: 2);
        Assert.Equal([1L, 3L, 5L], chunks.Select(static c => c.First));
        Assert.Equal([1L, 3L, 4L, 5L, 6L], chunks.SelectMany(static c => c.Rows));
        Assert.Equal(
            ["{\"a\":1}", "{\"a\":2}", large, "{\"a\":3}", large],
            chunks.SelectMany(static c => c.Source()).Select(r => Encoding.UTF8.GetString(bytes, (int)r.Offset, (int)r.Length)));
    }

    [Fact]
    public async Task A_record_can_be_made_to_begin_a_chunk()
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 10).Select(static i => $$"""{"a":{{i}}}""")));
        var counts = new List<int>();
        var limits = new ChunkLimits(4, 1024) { Starts = new HashSet<long> { 4, 6 } };
        await foreach (var chunk in RecordReader.ReadAsync(
            RowFormat.Ndjson, new MemoryStream(text), CsvDialect.Default, limits, CancellationToken.None)) counts.Add(chunk.Rows.Count);
        Assert.Equal([3, 2, 4, 1], counts);
    }

    [Fact]
    public async Task Chunks_end_by_rows_and_by_bytes_and_the_source_is_kept()
    {
        var text = string.Join('\n', Enumerable.Range(0, 10).Select(static i => $$"""{"a":{{i}}}"""));
        Assert.Equal([4, 4, 2], (await Records.ReadAsync(RowFormat.Ndjson, text, rows: 4)).Select(static c => c.Rows.Count));
        var byBytes = await Records.ReadAsync(RowFormat.Ndjson, text, bytes: 14);
        Assert.Equal([2, 2, 2, 2, 2], byBytes.Select(static c => c.Rows.Count));
        Assert.Equal(text, string.Join('\n', byBytes.SelectMany(static c => c.Source()).Select(static r => Encoding.UTF8.GetString(r.Text.Span))));
    }

    [Fact]
    public async Task An_empty_file_has_no_chunks()
    {
        Assert.Empty(await Records.ReadAsync(RowFormat.Ndjson, ""));
        Assert.Empty(await Records.ReadAsync(RowFormat.Ndjson, "\n \n"));
    }

    [Fact]
    public void Any_texts_and_integers_come_back_as_they_were() => Gen.Select(Gen.String, Gen.Long).Array[1, 20].Sample(rows =>
    {
        var expected = rows.Select(static r => (Text: Whole(r.Item1), Number: r.Item2)).ToArray();
        var lines = expected.Select(static r => System.Text.Json.JsonSerializer.Serialize(new { t = r.Text, n = r.Number }));
        var chunk = new JsonRecordChunk();
        foreach (var line in lines) chunk.Add(new System.Buffers.ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line)), 1, 0);
        var block = chunk.Encode()!;
        return block.Column("t").Values.SequenceEqual(expected.Select(static r => System.Text.Json.JsonSerializer.Serialize(r.Text)))
            && block.Column("n").Values.SequenceEqual(expected.Select(static r => FormattableString.Invariant($"{r.Number}")));

        // Lone surrogates have no UTF-8 form.
        static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    });
}
