using System.Text.Json;
using Coordinator.IntegrationTests.EndToEnd;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary><c>update</c> as people run it.</summary>
public sealed class UpdateTests : IAsyncLifetime
{
    private Deployment _deployment = null!;

    public async Task InitializeAsync() => _deployment = await Deployment.StartAsync(
        "create table events (id int); create table summary (n bigint); insert into events select generate_series(1, 5); insert into summary values (0)");

    public async Task DisposeAsync() => await _deployment.DisposeAsync();

    [Fact]
    public async Task SQL_runs_once_under_one_id()
    {
        string[] arguments = ["update", "--sql", "update summary set n = n + (select count(*) from events)", "--writes", "summary", "--reads", "events", "--id", "today", "--json"];
        var first = await RunAsync(0, arguments);
        Assert.Equal(("committed", 1), (first.GetProperty("status").GetString(), first.GetProperty("rowsAffected").GetInt32()));
        Assert.True(first.TryGetProperty("waitedMilliseconds", out _) && first.TryGetProperty("ranMilliseconds", out _) && first.TryGetProperty("intentId", out _));
        var second = await RunAsync(0, arguments);
        Assert.Equal("alreadyCommitted", second.GetProperty("status").GetString());
        Assert.Equal(5L, await _deployment.ScalarAsync<long>("select n from summary"));
    }

    [Fact]
    public async Task A_registered_job_runs_by_its_name()
    {
        var answer = await RunAsync(0, ["update", "--job", "count", "--json", "--Coordinator:Jobs:count:Sql=update summary set n = (select count(*) from events)", "--Coordinator:Jobs:count:Writes=summary", "--Coordinator:Jobs:count:Reads=events"]);
        Assert.Equal("count", answer.GetProperty("job").GetString());
        Assert.Equal(5L, await _deployment.ScalarAsync<long>("select n from summary"));
    }

    [Fact]
    public async Task SQL_that_the_warehouse_refuses_is_exit_code_1()
    {
        var answer = await RunAsync(1, ["update", "--sql", "update summary set nope = 1", "--writes", "summary", "--json"]);
        Assert.Equal("rejected", answer.GetProperty("status").GetString());
        Assert.Contains("nope", answer.GetProperty("errors")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> RunAsync(int exitCode, string[] arguments)
    {
        var result = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, arguments);
        Assert.True(result.ExitCode == exitCode, result.StandardError + result.StandardOutput);
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }
}
