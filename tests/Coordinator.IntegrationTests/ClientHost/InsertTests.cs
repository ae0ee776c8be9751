using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary><c>insert</c> as users run it: processes, PostgreSQL, memcached.</summary>
public sealed class InsertTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-insert-").FullName;
    private Deployment _deployment = null!;

    public async Task InitializeAsync() => _deployment = await Deployment.StartAsync(
        "create table people (id int primary key, name text, score numeric(10,2), at timestamptz, tags jsonb)");

    public async Task DisposeAsync()
    {
        await _deployment.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_goes_in_once_however_often_it_is_run()
    {
        var lines = Enumerable.Range(0, 5000).Select(static i => i % 3 == 0
            ? $$"""{"id":{{i}},"name":"n\u00fc{{i}}","score":"{{i}}.25"}"""
            : $$"""{"score":{{i}}.5,"id":{{i}},"at":"2026-01-02T03:04:05+02:00","tags":{"a":[{{i}}] } }""");
        var file = await WriteAsync("people.ndjson", string.Join("\r\n", lines));

        var first = await InsertAsync(file);
        Assert.Equal((5000, 5, 5, 0),
            (Number(first, "rows"), Number(first, "intents"), Number(first, "committed"), Number(first, "alreadyCommitted")));
        Assert.Equal(5000L, await _deployment.ScalarAsync<long>("select count(*) from people"));
        Assert.Equal(Enumerable.Range(0, 5000).Sum(static i => i % 3 == 0 ? i + 0.25m : i + 0.5m),
            await _deployment.ScalarAsync<decimal>("select sum(score) from people"));
        Assert.Equal(1667L, await _deployment.ScalarAsync<long>("select count(*) from people where name = 'nü' || id"));
        Assert.Equal(3333L, await _deployment.ScalarAsync<long>(
            "select count(*) from people where at = '2026-01-02T01:04:05Z' and (tags->'a'->>0)::int = id"));

        var second = await InsertAsync(file);
        Assert.Equal((5000, 0, 5), (Number(second, "rows"), Number(second, "committed"), Number(second, "alreadyCommitted")));
        Assert.Equal(5000L, await _deployment.ScalarAsync<long>("select count(*) from people"));

        var words = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, ["insert", "--table", "people", "--file", file]);
        Assert.Equal(0, words.ExitCode);
        Assert.Contains("committed already", words.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_value_and_a_malformed_line_reject_their_own_intents_and_the_mended_records_follow()
    {
        var lines = Enumerable.Range(1, 1000).Select(static i => i switch
        {
            7 => """{"id":7,"name":"seven","score":"seven"}""",
            700 => """{"id":700,"name" oops}""",
            _ => $$"""{"id":{{i}},"name":"x"}""",
        });
        var file = await WriteAsync("messy.ndjson", string.Join('\n', lines));
        var mend = Path.Combine(_folder, "mend.ndjson");

        var answer = await InsertAsync(file, 1, "--chunk-rows", "100", "--rejected-to", mend);
        var rejected = answer.GetProperty("rejected").EnumerateArray().ToArray();
        Assert.Equal([(7, "score"), (700, "")], rejected.Select(static r => (r.GetProperty("row").GetInt32(), r.GetProperty("column").GetString()!)));
        Assert.Equal((8, 800, 200), (Number(answer, "committed"), Number(answer, "rowsCommitted"), Number(answer, "rowsNotWritten")));
        Assert.Equal(800L, await _deployment.ScalarAsync<long>("select count(*) from people"));

        var mended = (await File.ReadAllTextAsync(mend)).Replace("\"score\":\"seven\"", "\"score\":7", StringComparison.Ordinal)
            .Replace(" oops", ":\"y\"", StringComparison.Ordinal);
        await InsertAsync(await WriteAsync("mended.ndjson", mended));
        Assert.Equal(1000L, await _deployment.ScalarAsync<long>("select count(*) from people"));
    }

    [Theory]
    [InlineData("nobody", "{\"id\":1}", "nobody")]
    [InlineData("people", "{\"id\":1,\"nam\":\"x\"}", "nam")]
    [InlineData("people", "{\"id\":3000000000}", "id")]
    public async Task What_does_not_fit_is_exit_code_1_and_names_the_place(string table, string line, string mention)
    {
        var file = await WriteAsync("bad.ndjson", line);
        var result = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, ["insert", "--table", table, "--file", file, "--json"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(mention, result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_oversized_row_is_named_and_its_neighbours_commit()
    {
        var file = await WriteAsync("large.ndjson", $"{{\"id\":1}}\n{{\"id\":2,\"name\":\"{new string('x', 5 * 1024 * 1024)}\"}}\n{{\"id\":3}}\n");

        var answer = await InsertAsync(file, 1, "--chunk-rows", "1");

        Assert.Equal(2, Assert.Single(answer.GetProperty("rejected").EnumerateArray()).GetProperty("row").GetInt32());
        Assert.Equal(2, Number(answer, "rowsCommitted"));
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("select count(*) from people"));
    }

    [Fact]
    public async Task Standard_input_and_CSV_go_in_too()
    {
        const string Csv = "id,name,score\n1,,1.5\n2,\"\",\n3,\"a,b\",3\n";
        var result = await ClientHostProcess.RunAsync(
            _deployment.Silo.ClientSettings, ["insert", "--table", "people", "--file", "-", "--format", "csv"], Csv);
        Assert.True(result.ExitCode == 0, result.StandardError);
        Assert.Equal("1:<null>:1.50 2::<null> 3:a,b:3.00", await _deployment.ScalarAsync<string>(
            "select string_agg(id || ':' || coalesce(name, '<null>') || ':' || coalesce(score::text, '<null>'), ' ' order by id) from people"));
    }

    [Fact]
    public async Task An_unreachable_silo_is_exit_code_3_and_names_address_and_setting()
    {
        var file = await WriteAsync("one.ndjson", "{\"id\":1}");
        var port = FreePort.Next();
        var settings = new Dictionary<string, string?>
        { ["Coordinator:Silo:GatewayPort"] = $"{port}", ["Coordinator:Client:ConnectTimeout"] = "00:00:01" };
        var result = await ClientHostProcess.RunAsync(settings, ["insert", "--table", "people", "--file", file]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"127.0.0.1:{port}", result.StandardError, StringComparison.Ordinal);
        Assert.Contains("Coordinator:Silo:GatewayPort", result.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_goes_into_no_protected_table()
    {
        var file = await WriteAsync("ledger.ndjson", "{\"origin\":1}\n{\"origin\":2}");
        var result = await ClientHostProcess.RunAsync(
            _deployment.Silo.ClientSettings, ["insert", "--table", "Coordinator.\"public.people\"", "--file", file, "--json"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("schema coordinator holds the ledgers", result.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(0L, await _deployment.ScalarAsync<long>("select count(*) from pg_tables where schemaname = 'coordinator'"));
    }

    private static int Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private async Task<string> WriteAsync(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, content);
        return path;
    }

    private async Task<JsonElement> InsertAsync(string file, int exitCode = 0, params string[] more)
    {
        var result = await ClientHostProcess.RunAsync(
            _deployment.Silo.ClientSettings, ["insert", "--table", "people", "--file", file, "--json", .. more]);
        Assert.True(result.ExitCode == exitCode, result.StandardError + result.StandardOutput);
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }
}
