using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>The formats that files may have, the errors for other content, and that every record of a file is accounted for.</summary>
public sealed class InsertFormatsTests(InsertFixture fixture) : IClassFixture<InsertFixture>
{
    [Fact]
    public async Task Of_a_broken_JSON_array_the_part_before_goes_in_and_the_rest_is_reported_and_saved_byte_by_byte()
    {
        var table = await fixture.TableAsync();
        var elements = Enumerable.Range(1, 5000).Select(static n => n == 2501 ? """{"n" 2501}""" : $$"""{"n":{{n}}}""").ToArray();
        var text = $"[\n{string.Join(",\n", elements)}\n]\n";
        var (file, mend) = (await WriteAsync($"{table}.json", Encoding.UTF8.GetBytes(text)), fixture.PathOf($"{table}-mend.json"));

        var answer = await fixture.InsertAsync(table, file, 1, "--rejected-to", mend);
        Assert.Equal((2500, 2500), await fixture.CountsAsync(table));
        Assert.Equal((2500, 0), (Number(answer, "rowsCommitted"), Number(answer, "rowsNotWritten")));
        var unread = answer.GetProperty("unread");
        var from = text.IndexOf(elements[2500], StringComparison.Ordinal);
        Assert.Equal((2501, 2502), (Number(unread, "fromRow"), Number(unread, "line")));
        Assert.Equal((from, text.Length - from), (Number(unread, "byte"), Number(unread, "bytes")));
        Assert.Equal(text[from..], await File.ReadAllTextAsync(unread.GetProperty("savedTo").GetString()!));
        Assert.Equal("[]\n", await File.ReadAllTextAsync(mend));

        await WriteAsync($"{table}.json", Encoding.UTF8.GetBytes(text.Replace("{\"n\" 2501}", "{\"n\":2501}", StringComparison.Ordinal)));
        Assert.Equal(2500, Number(await fixture.InsertAsync(table, file, 0, "--rejected-to", mend), "rowsCommitted"));
        Assert.Equal((5000, 5000), await fixture.CountsAsync(table));
        Assert.False(File.Exists(mend + ".unread"));
    }

    [Fact]
    public async Task A_quote_that_is_left_open_is_reported_with_its_place_and_the_rest_is_saved()
    {
        var table = await fixture.TableAsync();
        var file = await WriteAsync($"{table}.csv", "n,note\n1,a\n2,\"b\n3,c\n4,d\n"u8.ToArray());
        var answer = await fixture.InsertAsync(table, file, 1, "--rejected-to", fixture.PathOf($"{table}-mend.csv"));
        var unread = answer.GetProperty("unread");
        Assert.Equal((1, 3, 11), (Number(answer, "rowsCommitted"), Number(unread, "line"), Number(unread, "byte")));
        Assert.Equal("2,\"b\n3,c\n4,d\n", await File.ReadAllTextAsync(answer.GetProperty("unread").GetProperty("savedTo").GetString()!));
    }

    [Fact]
    public async Task Records_that_are_too_large_or_malformed_are_saved_as_they_are()
    {
        var table = await fixture.TableAsync();
        var large = $"{{\"n\":2,\"note\":\"{new string('x', 5 * 1024 * 1024)}\"}}";
        var file = await WriteAsync($"{table}.ndjson", Encoding.UTF8.GetBytes($"{{\"n\":1}}\n{large}\r\n{{\"n\":3}}\n{{\"n\" 4}}\n"));
        var mend = fixture.PathOf($"{table}-mend.ndjson");
        var answer = await fixture.InsertAsync(table, file, 1, "--chunk-rows", "1", "--rejected-to", mend);
        Assert.Equal((2, 2), (Number(answer, "rowsCommitted"), Number(answer, "rowsNotWritten")));
        Assert.Equal(
            [large, """{"n" 4}"""], (await File.ReadAllLinesAsync(mend)).OrderByDescending(static l => l.Length).Select(static l => l.Trim()));
    }

    [Fact]
    public async Task A_stray_key_is_named_by_its_line()
    {
        var table = await fixture.TableAsync();
        var lines = Enumerable.Range(1, 500).Select(static n => $"{{\"n\":{n}{(n == 300 ? ",\"nots\":1" : "")}}}\n");
        var file = await WriteAsync($"{table}.ndjson", Encoding.UTF8.GetBytes(string.Concat(lines)));
        var error = Assert.Single((await fixture.InsertAsync(table, file, 1)).GetProperty("rejected").EnumerateArray());
        Assert.Equal((300, "nots"), (Number(error, "row"), error.GetProperty("column").GetString()));
    }

    [Theory]
    [InlineData("csv", "utf-16", "n;note\n1;Jürgen\n2;\"a;b\"\n", "utf-16le by its byte order mark, delimiter ';' by its header row")]
    [InlineData("csv", "gzip", "n\tnote\n1\tJürgen\n2\ta;b\n", "compressed with gzip, delimiter tab by its header row")]
    [InlineData("tsv", "utf-8", "n\tnote\n1\tJürgen\n2\ta;b\n", "")]
    [InlineData("csv", "latin1", "n|note\n1|Jürgen\n2|a;b\n", "", "--encoding", "latin1", "--delimiter", "|")]
    [InlineData("ndjson", "utf-16", "{\"n\":1,\"note\":\"Jürgen\"}\n{\"n\":2,\"note\":\"a;b\"}\n", "utf-16le by its byte order mark")]
    public async Task Files_are_read_as_what_they_are_and_what_was_found_out_is_said(
        string extension, string written, string text, string said, params string[] options)
    {
        var table = await fixture.TableAsync();
        var content = written switch
        {
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            "latin1" => Encoding.Latin1.GetBytes(text),
            "gzip" => Compressed(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
        var result = await fixture.RunAsync(table, await WriteAsync($"{table}.{extension}", content), null, ["--json", .. options]);
        Assert.True(result.ExitCode == 0, result.StandardError);
        Assert.Equal(
            "1:Jürgen 2:a;b", await fixture.Deployment.ScalarAsync<string>($"select string_agg(n || ':' || note, ' ' order by n) from {table}"));
        if (said.Length > 0) Assert.Contains(said, result.StandardError, StringComparison.Ordinal);
        else Assert.DoesNotContain(" by its ", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_for_null_can_be_said()
    {
        var table = await fixture.TableAsync();
        await fixture.InsertAsync(table, await WriteAsync($"{table}.csv", "n,note\nNULL,\n2,\"NULL\"\n"u8.ToArray()), 0, "--null", "NULL");
        var sql = $"select string_agg(coalesce(n::text, '-') || ':<' || note || '>', ' ' order by n nulls first) from {table}";
        Assert.Equal("-:<> 2:<NULL>", await fixture.Deployment.ScalarAsync<string>(sql));
    }

    [Theory]
    [InlineData("picture.csv", new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13 }, "PNG")]
    [InlineData("zeros.csv", new byte[] { 1, 0, 0, 2, 0, 0, 0, 3 }, "no text")]
    [InlineData("lines.json", new byte[] { (byte)'{', (byte)'}', (byte)'\n', (byte)'{', (byte)'}' }, "ndjson")]
    [InlineData("array.ndjson", new byte[] { (byte)'[', (byte)'{', (byte)'}', (byte)']' }, "--format json")]
    public async Task What_is_something_else_is_exit_code_2_and_the_message_says_what_it_is(string name, byte[] content, string mention)
    {
        var result = await fixture.RunAsync(await fixture.TableAsync(), await WriteAsync(name, content));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(mention, result.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty.ndjson", "")]
    [InlineData("blank.ndjson", " \n\n")]
    [InlineData("empty.json", "")]
    [InlineData("array.json", "[]")]
    [InlineData("empty.csv", "")]
    [InlineData("header.csv", "n,note\n")]
    public async Task An_empty_file_holds_no_rows_in_any_format(string name, string text)
    {
        var table = await fixture.TableAsync();
        var file = await WriteAsync(name, Encoding.UTF8.GetBytes(text));
        Assert.Equal(0, Number(await fixture.InsertAsync(table, file), "rows"));
        Assert.Contains("the file holds no rows", (await fixture.RunAsync(table, file)).StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_object_is_one_row()
    {
        var table = await fixture.TableAsync();
        await fixture.InsertAsync(table, await WriteAsync($"{table}.json", "{\n  \"n\": 7\n}\n"u8.ToArray()));
        Assert.Equal((1, 1), await fixture.CountsAsync(table));
    }

    private static byte[] Compressed(string text)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    private static int Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private async Task<string> WriteAsync(string name, byte[] content)
    {
        var path = fixture.PathOf(name);
        await File.WriteAllBytesAsync(path, content);
        return path;
    }
}
