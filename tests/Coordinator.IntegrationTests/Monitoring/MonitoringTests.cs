using System.Text.Json;
using System.Text.RegularExpressions;
using Coordinator.Client;
using Coordinator.Tables;
using Coordinator.TestServers;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.Monitoring;

/// <summary>A real Prometheus with the shipped configuration scrapes a real silo and a real client host.</summary>
public sealed class MonitoringTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly ComposeFile Compose = ComposeFile.Read();

    private Deployment _deployment = null!;
    private ClientHostProcess _client = null!;
    private PrometheusServer _prometheus = null!;

    public async Task InitializeAsync()
    {
        _deployment = await Deployment.StartAsync(
            "create table events (id int); create table summary (n bigint)", siloSettings: ("Coordinator:Locking:Ttl", "00:00:10"));
        _client = await ClientHostProcess.ServeAsync(_deployment.Silo.ClientSettings);
        var files = Compose.PrometheusFiles;
        var config = files["prometheus.yml"];
        files["prometheus.yml"] = Replaced(Replaced(config, "127.0.0.1:8080", _deployment.Silo.Http), "127.0.0.1:8081", _client.Http);
        _prometheus = await PrometheusServer.StartAsync(files);
    }

    public async Task DisposeAsync()
    {
        if (_prometheus is not null) await _prometheus.DisposeAsync();
        if (_client is not null) await _client.DisposeAsync();
        if (_deployment is not null) await _deployment.DisposeAsync();
    }

    [Fact]
    public async Task What_the_rules_and_the_dashboard_ask_for_is_there_and_a_memcached_that_is_killed_fires_an_alert()
    {
        await WriteAsync();
        await Eventually.TrueAsync("both hosts are scraped", async ct => (await _prometheus.QueryAsync("up == 1", ct)).Count == 2);
        await _deployment.Memcached.StopAsync();
        var alert = await FiringAsync("LockUnverified");
        output.WriteLine(alert.ToString());
        Assert.DoesNotContain("error", alert.GetProperty("annotations").ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"{_deployment.Silo.Http.BaseAddress!.Authority} writes to", alert.GetProperty("annotations").GetProperty("summary")
            .GetString(), StringComparison.Ordinal);

        var expressions = Dashboard.Expressions(Compose);
        foreach (var (panel, expression) in expressions) output.WriteLine($"{panel}: {(await _prometheus.QueryAsync(expression)).Count} samples");

        var asked = expressions.Select(static e => e.Expression).Append(Compose.Alerts).SelectMany(Names).ToHashSet();
        Assert.True(asked.Count > 30, "the expressions were found");
        var missing = asked.Except(await _prometheus.NamesAsync()).Order().ToList();
        output.WriteLine($"Not yet counted: {string.Join(", ", missing)}");
        // A counter appears with its first count. Another test compares docs/operating.md's list of counters with the code.
        Assert.Equal([], missing.Except(MetricsTable.Read().Where(static m => m.Kind == "counter").Select(static m => m.Prometheus)));
    }

    private async Task WriteAsync()
    {
        var client = await _deployment.ConnectAsync();
        await client.InsertAsync(TableName.Parse("events"), [new { id = 1 }]);
        await client.UpdateAsync(new UpdateRequest
        {
            Sql = "insert into summary select count(*) from events",
            Writes = [TableName.Parse("summary")],
            Reads = [TableName.Parse("events")]
        });
        using var rows = new StringContent("""{"id":2}""", null, "application/x-ndjson");
        (await _client.Http.PostAsync(new Uri("v1/tables/events/rows", UriKind.Relative), rows)).EnsureSuccessStatusCode();
    }

    private async Task<JsonElement> FiringAsync(string name)
    {
        JsonElement firing = default;
        await Eventually.TrueAsync($"{name} fires", async ct =>
        {
            firing = (await _prometheus.AlertsAsync(ct)).FirstOrDefault(alert =>
                alert.GetProperty("labels").GetProperty("alertname").GetString() == name && alert.GetProperty("state").GetString() == "firing");
            return firing.ValueKind == JsonValueKind.Object;
        }, TimeSpan.FromSeconds(60));
        return firing;
    }

    private static string Replaced(string config, string target, HttpClient http)
    {
        Assert.Contains(target, config, StringComparison.Ordinal);
        return config.Replace(target, http.BaseAddress!.Authority, StringComparison.Ordinal);
    }

    // Metrics of the coordinator and the runtime only; up and ALERTS are Prometheus' own.
    private static IEnumerable<string> Names(string text) => Regex.Matches(text, @"\b(?:coordinator|dotnet)_\w+").Select(static name => name.Value);
}
