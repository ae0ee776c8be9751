using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Telemetry;

/// <summary>One trace from the SDK call to COMMIT, through separate processes, as a collector receives it.</summary>
public sealed class TraceTests(TracedDeployment deployment) : IClassFixture<TracedDeployment>
{
    private const string Client = "coordinator-client";
    private const string Silo = "coordinator-silo";
    private const string TwoRows = "{\"id\":1}\n{\"id\":2}\n";

    private readonly OtlpReceiver _collector = deployment.Collector;

    [Fact]
    public async Task An_insert_is_one_trace_through_client_memcached_silo_and_warehouse_to_its_COMMIT()
    {
        await InsertAsync("alone", TwoRows);

        var trace = await _collector.TraceAsync(static s => s.Name == "insert public.alone", static s => s.Name == "turn");
        var insert = Assert.Single(trace, static s => s.ParentId.Length == 0);
        Assert.Equal((Client, "Coordinator.Client", "insert public.alone"), (insert.Service, insert.Scope, insert.Name));
        Assert.Equal(("public.alone", "2", "committed"),
            (insert.Attributes["coordinator.table"], insert.Attributes["coordinator.rows"], insert.Attributes["coordinator.outcome"]));
        var locked = Child(trace, insert, Silo, "Coordinator.Locking", "lock");
        Assert.Equal("Held", locked.Attributes["coordinator.lock.state"]);
        Assert.Equal("Mine", Child(trace, locked, Silo, "Coordinator.Memcached", "memcached acquire").Attributes["coordinator.lock.reply"]);
        var turn = Child(trace, insert, Silo, "Coordinator", "turn");
        Assert.Equal((turn.TraceId, turn.SpanId), Assert.Single(Child(trace, insert, Silo, "Coordinator", "wait").Links));
        var commit = Child(trace, turn, Silo, "Coordinator", "commit");
        Child(trace, commit, Silo, "Coordinator", "COMMIT");
        Assert.Contains(trace, s => s.Scope == "Npgsql" && s.ParentId == commit.SpanId
            && s.Name.Contains("COPY", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Inserts_that_share_a_turn_are_linked_from_it_and_to_it()
    {
        var rows = string.Concat(Enumerable.Range(0, 200).Select(static id => $"{{\"id\":{id}}}\n"));
        await InsertAsync("many", rows, "--chunk-rows", "1");

        await Eventually.TrueAsync("a turn of several", () => _collector.Spans.Any(static s => s.Name == "turn" && s.Links.Count > 0));
        var turn = _collector.Spans.First(static s => s.Name == "turn" && s.Links.Count > 0);
        Assert.InRange(turn.Links.Count, 1, 31);
        var linked = turn.Links[0];
        var trace = await _collector.TraceAsync(s => s.TraceId == linked.TraceId, static s => s.Name == "wait");
        var insert = Assert.Single(trace, s => s.SpanId == linked.SpanId);
        Assert.Equal("insert public.many", insert.Name);
        Assert.Contains((turn.TraceId, turn.SpanId), Child(trace, insert, Silo, "Coordinator", "wait").Links);
    }

    [Fact]
    public async Task An_update_is_one_trace_through_every_table_that_it_reserves_to_its_COMMIT()
    {
        await RunAsync(["update", "--sql", "update summary set n = (select count(*) from events where id <> 4711)"]);

        var trace = await _collector.TraceAsync(static s => s.Scope == "Coordinator.Client" && s.Name == "update"
            && !s.Attributes.ContainsKey("coordinator.job"), static s => s.Scope == "Coordinator" && s.Name == "update");
        var asked = Assert.Single(trace, static s => s.ParentId.Length == 0);
        Assert.Equal((Client, "update"), (asked.Service, asked.Name));
        var update = Child(trace, asked, Silo, "Coordinator", "update");
        Assert.Equal("committed", update.Attributes["coordinator.outcome"]);
        var finding = Child(trace, update, Silo, "Coordinator", "find tables");
        Assert.Contains(trace, s => s.Scope == "Npgsql" && s.ParentId == finding.SpanId);
        foreach (var table in new[] { "public.events", "public.summary" })
            Child(trace, Child(trace, update, Silo, "Coordinator", $"reserve {table}"), Silo, "Coordinator.Locking", "lock");
        var execute = Child(trace, update, Silo, "Coordinator", "execute");
        Child(trace, execute, Silo, "Coordinator", "COMMIT");
        Assert.Contains(trace, s => s.Scope == "Npgsql" && s.ParentId == execute.SpanId && s.Name == "UPDATE");
        Assert.DoesNotContain(_collector.Spans, static s => s.Attributes.Values.Any(static v => v.Contains("4711", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Over_HTTP_a_trace_begins_with_the_request_and_a_tick_has_one_of_its_own()
    {
        await using var host = await ClientHostProcess.ServeAsync(deployment.ClientSettings.Concat(new Dictionary<string, string?>
        {
            ["Coordinator:Jobs:count:Sql"] = "update counter set n = n + 1",
            ["Coordinator:Jobs:count:Schedule"] = "* * * * * *",
        }));
        using var rows = new StringContent("{\"id\":1}\n", null, "application/x-ndjson");
        using var response = await host.Http.PostAsync(new Uri("v1/tables/posted/rows", UriKind.Relative), rows);
        response.EnsureSuccessStatusCode();

        var trace = await _collector.TraceAsync(static s => s.Name == "insert public.posted", static s => s.ParentId.Length == 0);
        var request = Assert.Single(trace, static s => s.ParentId.Length == 0);
        Assert.Equal((Client, "POST /v1/tables/{table}/rows"), (request.Service, request.Name));
        Child(trace, request, Client, "Coordinator.Client", "insert public.posted");

        var tick = await _collector.TraceAsync(static s => s.Scope == "Coordinator.Client" && s.Attributes.ContainsKey("coordinator.job"), static s =>
            s.Name == "update" && s.Service == Silo);
        Assert.Contains(tick, static s => s.Name == "COMMIT");
        Assert.Equal(("update", "count"),
            (Assert.Single(tick, static s => s.ParentId.Length == 0).Name,
            tick.First(static s => s.Service == Silo && s.Name == "update").Attributes["coordinator.job"]));
    }

    [Fact]
    public async Task What_belongs_to_no_write_is_in_no_trace()
    {
        // Renewals, the membership, health checks, and a client that records nothing.
        await ClientHostProcess.RunAsync(deployment.Silo.ClientSettings, ["insert", "--table", "quiet", "--file", "-", "--format", "ndjson"],
            TwoRows);
        (await deployment.Silo.Http.GetAsync(new Uri("health/ready", UriKind.Relative))).EnsureSuccessStatusCode();
        await InsertAsync("last", TwoRows);
        await _collector.TraceAsync(static s => s.Name == "insert public.last", static s => s.Name == "turn");

        Assert.DoesNotContain(_collector.Spans, static s => s.Attributes.Values.Contains("public.quiet"));
        Assert.DoesNotContain(_collector.Spans, static s => s.Service == Silo && s.ParentId.Length == 0);
    }

    private Task InsertAsync(string table, string rows, params string[] more) =>
        RunAsync(["insert", "--table", table, "--file", "-", "--format", "ndjson", .. more], rows);

    private async Task RunAsync(string[] arguments, string input = "")
    {
        var result = await ClientHostProcess.RunAsync(deployment.ClientSettings, arguments, input);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    private static ReceivedSpan Child(IReadOnlyList<ReceivedSpan> trace, ReceivedSpan parent, string service, string scope, string name)
    {
        var child = trace.Where(s => s.ParentId == parent.SpanId && s.Service == service && s.Scope == scope && s.Name == name).ToList();
        Assert.True(child.Count == 1,
            $"{child.Count} spans {name} of {scope} in {service} below {parent.Name}; the trace has:\n{string.Join('\n', trace)}");
        return child[0];
    }
}
