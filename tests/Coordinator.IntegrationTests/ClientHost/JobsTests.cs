using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coordinator.Jobs;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>Several hosts run the same schedule, and <c>jobs</c> reports on it.</summary>
public sealed class JobsTests : IAsyncLifetime
{
    private Deployment _deployment = null!;
    private KeyValuePair<string, string?>[] _settings = [];

    public async Task InitializeAsync()
    {
        _deployment = await Deployment.StartAsync("create table runs (at timestamptz); create table other (n int)");
        _settings =
        [
            .. _deployment.Silo.ClientSettings,
            new("Coordinator:Jobs:tick:Sql", "insert into runs values (clock_timestamp())"),
            new("Coordinator:Jobs:tick:Writes", "runs"),
            new("Coordinator:Jobs:tick:Schedule", "* * * * * *"),
            new("Coordinator:Jobs:block:Sql", "insert into other values (1); select pg_sleep(3.5)"),
            new("Coordinator:Jobs:block:Writes", "runs,other"),
            new("Coordinator:Jobs:broken:Sql", "insert into runs values ('never')"),
            new("Coordinator:Jobs:broken:Writes", "runs"),
        ];
    }

    public async Task DisposeAsync() => await _deployment.DisposeAsync();

    [Fact]
    public async Task Two_hosts_on_one_schedule_run_each_tick_once_also_when_one_is_killed()
    {
        await using var first = await ClientHostProcess.ServeAsync(_settings);
        await using var second = await ClientHostProcess.ServeAsync(_settings);
        await UntilTicksAsync(3);
        await first.Process.KillAsync();
        await UntilTicksAsync(6);
        // One run covers all ticks that become due while this run holds the table.
        var blocked = await PostAsync(second, "v1/jobs/block/runs");
        Assert.Equal(HttpStatusCode.OK, blocked.Status);
        await UntilTicksAsync(10);

        var ledger = await LedgerAsync();
        Assert.Equal(ledger.Count, await _deployment.ScalarAsync<long>("select count(*) from runs"));
        Assert.Contains(ledger, static row => row.Last > row.First);
        for (var i = 1; i < ledger.Count; i++) Assert.Equal(ledger[i - 1].Last + 1, ledger[i].First);

        var runs = (await GetAsync(second, "v1/jobs/TICK/runs?limit=100")).Json.GetProperty("runs").EnumerateArray().ToList();
        var coalesced = runs.First(static run => run.GetProperty("status").GetString() == "coalesced");
        var into = runs.Single(run => run.GetProperty("intentId").GetString() == coalesced.GetProperty("coalescedInto").GetString());
        Assert.Equal("committed", into.GetProperty("status").GetString());
        Assert.True(into.GetProperty("throughTick").GetDateTimeOffset() >= coalesced.GetProperty("tick").GetDateTimeOffset());
    }

    [Fact]
    public async Task After_the_silo_restarted_the_history_comes_from_the_ledger_and_the_missed_ticks_run_once()
    {
        await using (var host = await ClientHostProcess.ServeAsync(_settings)) await UntilTicksAsync(2);
        await _deployment.Silo.StopAsync();
        await using var silo = await SiloProcess.StartAsync(_deployment.Silo.Settings);

        var runs = (await CommandAsync(0, "jobs", "--job", "tick", "--json")).GetProperty("runs").EnumerateArray().ToList();
        var known = await LedgerAsync();
        Assert.Equal(known.Select(static row => row.First).Reverse(),
            runs.Select(static run => run.GetProperty("tick").GetDateTimeOffset().ToUnixTimeSeconds()));
        Assert.All(runs, static run =>
            Assert.Equal(("committed", 1), (run.GetProperty("status").GetString(), run.GetProperty("rowsAffected").GetInt32())));

        await using var again = await ClientHostProcess.ServeAsync(_settings);
        await UntilTicksAsync(known.Sum(static row => row.Last - row.First + 1) + 3);
        var after = (await LedgerAsync()).Skip(known.Count).ToList();
        Assert.True(after[0].First > known[^1].Last + 1, "The ticks of the downtime were all run.");
        for (var i = 1; i < after.Count; i++) Assert.Equal(after[i - 1].Last + 1, after[i].First);
    }

    [Fact]
    public async Task Registered_jobs_and_their_runs_are_listed()
    {
        await using var host = await ClientHostProcess.ServeAsync(
            _settings.Where(static s => s.Key != "Coordinator:Jobs:tick:Schedule").Append(new("Coordinator:Jobs:tick:Schedule", "0 3 * * *")));
        var rejected = await PostAsync(host, "v1/jobs/broken/runs");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, rejected.Status);

        var jobs = (await GetAsync(host, "v1/jobs")).Json.GetProperty("jobs").EnumerateArray()
            .ToDictionary(static job => job.GetProperty("job").GetString()!);
        Assert.Equal(["block", "broken", "tick"], jobs.Keys.Order());
        Assert.Equal(("0 3 * * *", "UTC", 3), (jobs["tick"].GetProperty("schedule").GetString(), jobs["tick"].GetProperty("timeZone").GetString(),
            jobs["tick"].GetProperty("nextTick").GetDateTimeOffset().Hour));
        var last = jobs["broken"].GetProperty("lastRun");
        Assert.Equal("rejected", last.GetProperty("status").GetString());
        Assert.Contains("timestamp", last.GetProperty("message").GetString(), StringComparison.Ordinal);

        var tick = JobTick.IdOf("tick", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        var refused = await PostAsync(host, "v1/jobs/tick/runs", tick.ToString());
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("2027-01-15", refused.Json.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, "v1/jobs/nobody/runs")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(host, "v1/jobs/tick/runs?limit=0")).Status);

        var run = await PostAsync(host, "v1/jobs/tick/runs", "by hand");
        Assert.Equal("committed", run.Json.GetProperty("status").GetString());
        Assert.Equal(3, (await CommandAsync(0, "jobs", "--json")).GetProperty("jobs").GetArrayLength());
        Assert.Equal("alreadyCommitted", (await CommandAsync(0, "update", "--job", "tick", "--id", "by hand", "--json")).GetProperty("status")
            .GetString());
    }

    [Fact]
    public async Task Parameters_come_from_settings_request_or_command_line_and_are_never_SQL()
    {
        await _deployment.ExecuteAsync("create table kinds (kind text, at timestamptz)");
        _settings =
        [
            .. _settings.Where(static s => !s.Key.EndsWith(":Schedule", StringComparison.Ordinal)),
            new("Coordinator:Jobs:kinds:Sql", "insert into kinds select @kind, @tick -- @comment"),
            new("Coordinator:Jobs:kinds:Parameters:kind", "it's"),
        ];
        await using var host = await ClientHostProcess.ServeAsync(_settings);
        const string Nasty = "'); drop table kinds; --\\";
        foreach (var body in new object?[] { null, new { parameters = new { kind = Nasty, tick = "2026-07-01T03:00:00Z" } } })
        {
            using var response = await host.Http.PostAsJsonAsync("v1/jobs/kinds/runs", body);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }

        await CommandAsync(0, "update", "--job", "kinds", "--parameter", "kind=a=b", "--json");
        Assert.Equal(1L, await _deployment.ScalarAsync<long>(
            "select count(*) from kinds where kind = 'it''s' and at > now() - interval '5 minutes'"));
        Assert.Equal(1L, await _deployment.ScalarAsync<long>($"select count(*) from kinds where kind = $${Nasty}$$ and at = '2026-07-01T03:00:00Z'"));
        Assert.Equal(1L, await _deployment.ScalarAsync<long>("select count(*) from kinds where kind = 'a=b'"));

        var unknown = await CommandAsync(1, "update", "--job", "kinds", "--parameter", "kin=x", "--json");
        Assert.Contains("no parameter @kin. It uses @kind, @tick", unknown.GetProperty("errors")[0].GetProperty("reason").GetString(),
            StringComparison.Ordinal);
        using var wrong = await host.Http.PostAsJsonAsync("v1/jobs/kinds/runs", new { parameters = new { kind = new[] { 1 } } });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    /// <summary>Waits until the ledger covers the given number of ticks.</summary>
    private Task UntilTicksAsync(long count) => Eventually.TrueAsync(
        $"{count} ticks are done", async _ => (await LedgerAsync()).Sum(static row => row.Last - row.First + 1) >= count, TimeSpan.FromSeconds(60));

    private async Task<List<(long First, long Last)>> LedgerAsync()
    {
        if (!await _deployment.ScalarAsync<bool>("select to_regclass('coordinator.\"public.runs\"') is not null")) return [];
        await using var command = _deployment.Database.CreateCommand(
            "select first_sequence, last_sequence from coordinator.\"public.runs\" where origin = $1 order by 1");
        command.Parameters.Add(new() { Value = JobTick.OriginOf("tick") });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(long, long)>();
        while (await reader.ReadAsync()) rows.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return rows;
    }

    private async Task<JsonElement> CommandAsync(int exitCode, params string[] arguments)
    {
        var result = await ClientHostProcess.RunAsync(_settings, arguments);
        Assert.True(result.ExitCode == exitCode, result.StandardError + result.StandardOutput);
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(ClientHostProcess host, string path)
    {
        using var response = await host.Http.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(ClientHostProcess host, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await host.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
