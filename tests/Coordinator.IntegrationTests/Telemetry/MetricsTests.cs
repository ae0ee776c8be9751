using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Telemetry;

/// <summary><c>/metrics</c> of both hosts after one operation of each kind: every metric of docs/operating.md exists, and the values agree with
/// <c>/api/contention</c>.</summary>
public sealed class MetricsTests
{
    /// <summary>A counter without an account appears with its first count. Nothing in this test triggers these counters.</summary>
    private static readonly string[] OfTrouble =
    [
        "coordinator.update.conflicts", "coordinator.update.restarts", "coordinator.locking.renewed", "coordinator.locking.lost",
            "coordinator.locking.released", "coordinator.locking.unverified",
        "coordinator.memcached.errors", "coordinator.client.retries", "coordinator.client.clock_offset",
    ];

    [Fact]
    public async Task Every_documented_metric_is_served_by_its_host_and_agrees_with_the_contention_figures()
    {
        await using var deployment = await Deployment.StartAsync(
            "create table events (id int primary key); create table summary (n bigint); insert into summary values (0)");
        await using var host = await ClientHostProcess.ServeAsync(
            deployment.Silo.ClientSettings.Concat([new("Coordinator:Jobs:count:Sql", "update summary set n = (select count(*) from events)")]));
        await PostAsync(host, "v1/tables/events/rows", "{\"id\":1}\n{\"id\":2}\n", 200);
        await PostAsync(host, "v1/tables/events/rows", "{\"id\":1}\n", 422);
        await PostAsync(host, "v1/jobs/count/runs", null, 200);
        using var contention = JsonDocument.Parse(await deployment.Silo.Http.GetStringAsync("api/contention"));
        var silo = PrometheusText.Parse(await deployment.Silo.Http.GetStringAsync("metrics"));
        var client = PrometheusText.Parse(await host.Http.GetStringAsync("metrics"));

        var documented = MetricsTable.Read();
        Assert.NotEmpty(documented);
        foreach (var metric in documented.Where(static m => !OfTrouble.Contains(m.Name)))
            Assert.Contains(metric.Prometheus, (metric.Name.StartsWith("coordinator.client.", StringComparison.Ordinal) ? client : silo).Names);
        foreach (var name in silo.Names.Concat(client.Names).Where(static n => n.StartsWith("coordinator_", StringComparison.Ordinal)))
            Assert.Contains(name, documented.Select(static m => m.Prometheus));

        const string Events = "{table=\"public.events\"}";
        var table = contention.RootElement.GetProperty("tables").EnumerateArray()
            .Single(static t => t.GetProperty("table").GetString() == "public.events");
        Assert.Equal(2, silo[$"coordinator_table_rows_total{Events}"]);
        Assert.Equal(table.GetProperty("rows").GetDouble(), silo[$"coordinator_table_rows_total{Events}"]);
        Assert.Equal(table.GetProperty("batches").GetDouble(), silo[$"coordinator_table_batches_total{Events}"]);
        Assert.Equal(table.GetProperty("updates").GetDouble(), silo[$"coordinator_table_updates_total{Events}"]);
        Assert.Equal(1, silo["coordinator_table_intents_total{outcome=\"committed\",table=\"public.events\"}"]);
        Assert.Equal(1, silo["coordinator_table_intents_total{outcome=\"rejected\",table=\"public.events\"}"]);
        Assert.Equal(1, silo[$"coordinator_table_active{Events}"]);
        Assert.Equal(2, silo["coordinator_locks{state=\"held\"}"]);
        Assert.Equal(0, silo["coordinator_locks{state=\"unverified\"}"]);
        Assert.Equal(1, silo["coordinator_updates_total{outcome=\"committed\"}"]);
        Assert.Equal(2, client["coordinator_client_intents_total{outcome=\"committed\"}"]);
        Assert.Equal(1, client["coordinator_client_intents_total{outcome=\"rejected\"}"]);
        Assert.Equal(2, client["coordinator_client_duration_seconds_count{kind=\"insert\"}"]);
        Assert.Equal(2, silo["coordinator_turn_hold_seconds_bucket{kind=\"insert\",le=\"60\"}"]);
        Assert.True(silo.Has("coordinator_turn_wait_seconds_bucket{kind=\"insert\",le=\"0.001\"}")
            && silo.Has("coordinator_turn_commit_seconds_bucket{le=\"0.001\"}"));
    }

    private static async Task PostAsync(ClientHostProcess host, string path, string? rows, int status)
    {
        using var content = rows is null ? null : new StringContent(rows, null, "application/x-ndjson");
        using var response = await host.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{path}: {response.StatusCode} {body}");
    }
}
