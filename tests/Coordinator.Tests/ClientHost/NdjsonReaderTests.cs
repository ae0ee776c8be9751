using System.Text;
using Coordinator.ClientHost.Rows;
using Coordinator.Rows;
using CsCheck;

namespace Coordinator.Tests.ClientHost;

public sealed class NdjsonReaderTests
{
    [Fact]
    public async Task Columns_are_the_union_of_keys_in_first_seen_order_and_missing_keys_are_null()
    {
        var block = await Records.BlockAsync(RowFormat.Ndjson, """
            {"b": 1, "a": "x"}
            {"a": null, "c": true}
            """);
        Assert.Equal(["b", "a", "c"], block.Schema.Names);
        Assert.Equal(["1", null], block.Column("b").Values);
        Assert.Equal(["x", null], block.Column("a").Values);
        Assert.Equal([null, "true"], block.Column("c").Values);
    }

    [Theory]
    [InlineData("1|-2|9223372036854775807", ColumnType.Int64, "1|-2|9223372036854775807")]
    [InlineData("1|2.50", ColumnType.Decimal, "1|2.50")]
    [InlineData("1|1e3", ColumnType.Decimal, "1|1000")]
    [InlineData("9223372036854775808", ColumnType.Decimal, "9223372036854775808")]
    [InlineData("1|1e-300", ColumnType.Double, "1|1E-300")]
    [InlineData("0.1234567890123456789012345678901", ColumnType.Double, "0.12345678901234568")]
    [InlineData("9007199254740993|1e-300", ColumnType.Text, "9007199254740993|1e-300")]
    [InlineData("1|1e400", ColumnType.Text, "1|1e400")]
    [InlineData("true|false", ColumnType.Boolean, "true|false")]
    [InlineData("\"a\"|\"1\"", ColumnType.Text, "a|1")]
    [InlineData("\"a\"|1.50|true", ColumnType.Text, "a|1.50|true")]
    [InlineData("{\"x\": 1}|[1, 2]", ColumnType.Json, "{\"x\": 1}|[1, 2]")]
    [InlineData("{}|\"a\\u0041\"|1", ColumnType.Json, "{}|\"a\\u0041\"|1")]
    [InlineData("null|null", ColumnType.Text, "<null>|<null>")]
    [InlineData("null|1", ColumnType.Int64, "<null>|1")]
    [InlineData("\"\\u00fc\\n\\\"\\ud83d\\ude00\"", ColumnType.Text, "ü\n\"😀")]
    public async Task The_type_is_the_narrowest_that_changes_no_value(string values, ColumnType type, string expected)
    {
        var block = await Records.BlockAsync(RowFormat.Ndjson, string.Join('\n', values.Split('|').Select(static v => $$"""{"v":{{v}}}""")));
        var (found, texts) = block.Column("v");
        Assert.Equal(type, found);
        Assert.Equal(expected, string.Join('|', texts.Select(static t => t ?? "<null>")));
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
    [InlineData("{\"a\":\"\\ud800\"}", "no Unicode character")]
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
    public async Task Chunks_end_by_rows_and_by_bytes_and_the_source_is_kept()
    {
        var text = string.Join('\n', Enumerable.Range(0, 10).Select(static i => $$"""{"a":{{i}}}"""));
        Assert.Equal([4, 4, 2], (await Records.ReadAsync(RowFormat.Ndjson, text, rows: 4)).Select(static c => c.Rows.Count));
        var byBytes = await Records.ReadAsync(RowFormat.Ndjson, text, bytes: 14);
        Assert.Equal([2, 2, 2, 2, 2], byBytes.Select(static c => c.Rows.Count));
        Assert.Equal(text, string.Join('\n', byBytes.SelectMany(static c => c.Source()).Select(static r => Encoding.UTF8.GetString(r.Span))));
    }

    [Fact]
    public async Task An_empty_file_has_no_chunks_and_objects_without_keys_are_an_error()
    {
        Assert.Empty(await Records.ReadAsync(RowFormat.Ndjson, ""));
        Assert.Empty(await Records.ReadAsync(RowFormat.Ndjson, "\n \n"));
        Assert.Null(Assert.Single(await Records.ReadAsync(RowFormat.Ndjson, "{}")).Encode());
    }

    [Fact]
    public void Any_texts_and_integers_come_back_as_they_were() => Gen.Select(Gen.String, Gen.Long).Array[1, 20].Sample(rows =>
    {
        var expected = rows.Select(static r => (Text: Whole(r.Item1), Number: r.Item2)).ToArray();
        var lines = expected.Select(static r => System.Text.Json.JsonSerializer.Serialize(new { t = r.Text, n = r.Number }));
        var chunk = new JsonRecordChunk(0);
        foreach (var line in lines) chunk.Add(new System.Buffers.ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line)), 1);
        var block = chunk.Encode()!;
        return block.Column("t").Values.SequenceEqual(expected.Select(static r => r.Text))
            && block.Column("n").Values.SequenceEqual(expected.Select(static r => FormattableString.Invariant($"{r.Number}")));

        // Half surrogates have no UTF-8.
        static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    });

    [Fact]
    public void A_number_is_a_decimal_only_if_that_changes_no_digit() => Gen.Select(Gen.Decimal, Gen.Int[-5, 5]).Sample((number, exponent) =>
    {
        var text = FormattableString.Invariant($"{number}e{exponent}");
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!JsonNumbers.KindOf(bytes).HasFlag(JsonKinds.Fraction)) return true;
        var back = JsonNumbers.ToDecimal(bytes);
        return Digits(back) == Digits(number);

        static string Digits(decimal d) => FormattableString.Invariant($"{d}").Replace(".", "", StringComparison.Ordinal).Trim('-').Trim('0');
    });
}
