using System.IO.Compression;
using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>Runs <c>insert</c> again after the file was corrected, appended to, edited or cut: no row is lost and none is doubled.</summary>
public sealed class InsertAgainTests(InsertFixture fixture) : IClassFixture<InsertFixture>
{
    private const string DoesNotFit = """{"n":"many"}""";
    private const string Malformed = """{"n" 1}""";

    [Theory]
    [InlineData(DoesNotFit, 1201)]
    [InlineData(Malformed, 1)]
    [InlineData(DoesNotFit, 2500)]
    [InlineData(Malformed, 700, 2100)]
    public async Task Mended_lines_go_in_with_their_neighbours_and_nothing_twice(string wrong, params int[] bad)
    {
        var table = await fixture.TableAsync();
        var lines = Lines(1, 2500);
        foreach (var line in bad) lines[line - 1] = wrong;
        var file = await WriteAsync($"{table}.ndjson", lines);
        var first = await fixture.InsertAsync(table, file, 1);
        Assert.Equal(bad, first.GetProperty("rejected").EnumerateArray().Select(static e => e.GetProperty("row").GetInt32()));
        Assert.Equal(2500 - Number(first, "rowsNotWritten"), (await fixture.CountsAsync(table)).Rows);

        await WriteAsync($"{table}.ndjson", Lines(1, 2500));
        var second = await fixture.InsertAsync(table, file);
        Assert.Equal((2500, 2500), await fixture.CountsAsync(table));
        Assert.Equal((Number(first, "rowsCommitted"), Number(first, "rowsNotWritten")), Both(second));
        Assert.Equal(2500, Number(await fixture.InsertAsync(table, file), "rowsAlreadyCommitted"));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(1000, 1500)]
    [InlineData(1500, 1000)]
    public async Task Appended_lines_go_in_alone(int before, int appended)
    {
        var table = await fixture.TableAsync();
        // No line end at the end of the file, as some programs write it.
        var file = fixture.PathOf($"{table}.ndjson");
        await File.WriteAllTextAsync(file, string.Join('\n', Lines(1, before)));
        await fixture.InsertAsync(table, file);
        await File.AppendAllTextAsync(file, "\n" + string.Join('\n', Lines(before + 1, appended)));
        Assert.Equal(appended, Number(await fixture.InsertAsync(table, file), "rowsCommitted"));
        Assert.Equal((before + appended, before + appended), await fixture.CountsAsync(table));
    }

    [Fact]
    public async Task The_same_records_again_are_nothing_to_do_however_they_come()
    {
        var table = await fixture.TableAsync();
        var text = string.Join("\r\n", Lines(1, 2500)) + "\r\n";
        var file = fixture.PathOf($"{table}.ndjson");
        await File.WriteAllTextAsync(file, text);
        await fixture.InsertAsync(table, file);
        File.Move(file, fixture.PathOf($"{table}-renamed.jsonl"));
        await using (var gzip = new GZipStream(File.Create(fixture.PathOf($"{table}.ndjson.gz")), CompressionLevel.Fastest))
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        await File.WriteAllTextAsync(fixture.PathOf($"{table}.json"), $"[{string.Join(",\n", Lines(1, 2500))}]");

        foreach (var result in new[]
        {
            await fixture.RunAsync(table, fixture.PathOf($"{table}-renamed.jsonl")),
            await fixture.RunAsync(table, fixture.PathOf($"{table}.ndjson.gz")),
            await fixture.RunAsync(table, fixture.PathOf($"{table}.json")),
            await fixture.RunAsync(table, "-", text, "--format", "ndjson"),
            await fixture.RunAsync(table, fixture.PathOf($"{table}-renamed.jsonl"), null, "--chunk-rows", "300"),
        })
        {
            Assert.True(result.ExitCode == 0, result.StandardError);
            Assert.Contains("nothing to do, all 2500 rows are committed already", result.StandardOutput, StringComparison.Ordinal);
        }

        Assert.Equal((2500, 2500), await fixture.CountsAsync(table));
    }

    [Fact]
    public async Task A_committed_record_that_was_edited_is_named_and_what_was_appended_goes_in()
    {
        var table = await fixture.TableAsync();
        var file = await WriteAsync($"{table}.ndjson", Lines(1, 2500));
        await fixture.InsertAsync(table, file);
        var lines = Lines(1, 2600);
        lines[1776] = """{"n":1777,"note":"mended"}""";
        await WriteAsync($"{table}.ndjson", lines);
        var mend = fixture.PathOf($"{table}-mend.ndjson");

        var answer = await fixture.InsertAsync(table, file, 1, "--rejected-to", mend);
        var changed = Assert.Single(answer.GetProperty("changed").EnumerateArray());
        Assert.Equal((1777, 1777, true), (Number(changed, "first"), Number(changed, "last"), changed.GetProperty("isExact").GetBoolean()));
        Assert.Equal((2499, 100, 1), (Number(answer, "rowsAlreadyCommitted"), Number(answer, "rowsCommitted"), Number(answer, "rowsChanged")));
        Assert.Equal((2600, 2600), await fixture.CountsAsync(table));
        Assert.Equal(lines[1776], (await File.ReadAllTextAsync(mend)).Trim());
        var words = await fixture.RunAsync(table, file);
        Assert.Contains("row 1777 was committed with other content", words.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("--again", words.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_went_or_came_in_front_leave_the_others()
    {
        var table = await fixture.TableAsync();
        var lines = Lines(1, 2500);
        lines[1200] = Malformed;
        var file = await WriteAsync($"{table}.ndjson", lines);
        await fixture.InsertAsync(table, file, 1);
        lines.RemoveAt(1200);
        await WriteAsync($"{table}.ndjson", lines);
        Assert.Equal(999, Number(await fixture.InsertAsync(table, file), "rowsCommitted"));
        lines.Insert(0, """{"n":0}""");
        await WriteAsync($"{table}.ndjson", lines);
        Assert.Equal(1, Number(await fixture.InsertAsync(table, file), "rowsCommitted"));
        lines.Insert(500, """{"n":9999}""");
        await WriteAsync($"{table}.ndjson", lines);
        Assert.Equal(1, Number(await fixture.InsertAsync(table, file), "rowsCommitted"));
        Assert.Equal((2501, 2501), await fixture.CountsAsync(table));
    }

    [Fact]
    public async Task A_run_that_was_killed_goes_on()
    {
        const int Count = 60_000;
        var table = await fixture.TableAsync();
        var file = await WriteAsync($"{table}.ndjson", Lines(1, Count));
        string[] arguments = ["insert", "--table", table, "--file", file, "--chunk-rows", "20", "--json"];
        for (var kill = 1; kill <= 2; kill++)
        {
            await using var run = ClientHostProcess.Start(fixture.Deployment.Silo.ClientSettings, arguments);
            var before = (await fixture.CountsAsync(table)).Rows;
            await Eventually.TrueAsync("rows are committed", async _ => (await fixture.CountsAsync(table)).Rows > before);
            await run.KillAsync();
        }

        // Someone inserted a line at the front.
        await WriteAsync($"{table}.ndjson", Lines(0, Count + 1));
        Assert.True((await fixture.CountsAsync(table)).Rows < Count);
        await fixture.InsertAsync(table, file, 0, "--chunk-rows", "20");
        Assert.Equal((Count + 1, Count + 1), await fixture.CountsAsync(table));
    }

    [Fact]
    public async Task CSV_and_JSON_arrays_are_mended_and_appended_to_as_well()
    {
        var table = await fixture.TableAsync();
        var csv = fixture.PathOf($"{table}.csv");
        await File.WriteAllTextAsync(csv, Csv(1500, wrong: 1234));
        await fixture.InsertAsync(table, csv, 1);
        await File.WriteAllTextAsync(csv, Csv(1700, wrong: 0));
        Assert.Equal((1000, 700), Both(await fixture.InsertAsync(table, csv)));
        Assert.Equal((1700, 1700), await fixture.CountsAsync(table));

        var other = await fixture.TableAsync();
        var json = fixture.PathOf($"{other}.json");
        var lines = Lines(1, 1500);
        lines[1233] = DoesNotFit;
        await File.WriteAllTextAsync(json, $"[{string.Join(",", lines)}]");
        await fixture.InsertAsync(other, json, 1);
        await File.WriteAllTextAsync(json, $"[\n  {string.Join(",\n  ", Lines(1, 1700))}\n]\n");
        Assert.Equal((1000, 700), Both(await fixture.InsertAsync(other, json)));
        Assert.Equal((1700, 1700), await fixture.CountsAsync(other));

        static string Csv(int count, int wrong) =>
            "n,note\n" + string.Concat(Enumerable.Range(1, count).Select(n => n == wrong ? "many,x\n" : $"{n},\"note\nof {n}\"\n"));
    }

    [Fact]
    public async Task Two_files_that_share_their_first_line_both_go_in_and_again_means_again()
    {
        var table = await fixture.TableAsync();
        var first = await WriteAsync($"{table}-1.ndjson", [.. Lines(1, 1), .. Lines(100, 2)]);
        var second = await WriteAsync($"{table}-2.ndjson", [.. Lines(1, 1), .. Lines(200, 2)]);
        await fixture.InsertAsync(table, first);
        Assert.Equal(3, Number(await fixture.InsertAsync(table, second), "rowsCommitted"));
        Assert.Equal((6, 5), await fixture.CountsAsync(table));
        Assert.Equal(3, Number(await fixture.InsertAsync(table, first, 0, "--again"), "rowsCommitted"));
        Assert.Equal(3, Number(await fixture.InsertAsync(table, first), "rowsAlreadyCommitted"));
        Assert.Equal((9, 5), await fixture.CountsAsync(table));
    }

    private static List<string> Lines(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(static n => $$"""{"n":{{n}},"note":"{{n}}"}""")];

    private static int Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private static (int Already, int Committed) Both(JsonElement answer) => (Number(answer, "rowsAlreadyCommitted"), Number(answer, "rowsCommitted"));

    private async Task<string> WriteAsync(string name, IEnumerable<string> lines)
    {
        var path = fixture.PathOf(name);
        await File.WriteAllTextAsync(path, string.Concat(lines.Select(static line => line + "\n")));
        return path;
    }
}
