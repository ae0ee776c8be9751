using System.Net;
using System.Text;
using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>Intent ids: answers about an id stay true after restarts, without the warehouse, and when the id comes again with other
/// content.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private Deployment _deployment = null!;
    private ClientHostProcess _client = null!;

    public async Task InitializeAsync()
    {
        _deployment = await Deployment.StartAsync(
            "CREATE TABLE events (id bigint, note text); CREATE TABLE summary (n bigint); INSERT INTO summary VALUES (0)");
        _client = await ServeAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _deployment.DisposeAsync();
    }

    [Fact]
    public async Task Other_content_under_a_committed_key_is_422_and_says_by_when_the_first_was_committed()
    {
        var first = await PostAsync("k", """[{"id":1}]""");
        var other = await PostAsync("k", """[{"id":7},{"id":8},{"id":9}]""");
        await RestartAsync();
        var later = await PostAsync("k", """[{"id":7},{"id":8},{"id":9}]""");
        var same = await PostAsync("k", """[ {"id": 1} ]""");
        var found = await GetAsync("v1/intents/k");

        Assert.Equal((HttpStatusCode.OK, "committed"), (first.Status, first.Text("status")));
        foreach (var refused in new[] { other, later })
        {
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "rejected"), (refused.Status, refused.Text("status")));
            Assert.Contains("other content", refused.Json.ToString(), StringComparison.Ordinal);
            Assert.Equal(first.Json.GetProperty("committedAt").GetDateTimeOffset(), refused.Json.GetProperty("committedAt").GetDateTimeOffset());
        }

        Assert.Equal((HttpStatusCode.OK, "alreadyCommitted", 1), (same.Status, same.Text("status"), same.Json.GetProperty("rows").GetInt32()));
        Assert.Equal((HttpStatusCode.OK, 1), (found.Status, found.Json.GetProperty("rows").GetInt32()));
        Assert.Equal(1L, await _deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Of_bodies_that_come_at_once_under_one_key_one_is_committed_and_the_others_hear_so()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => PostAsync("at once", $$"""[{"id":{{i}}}]""")));

        Assert.Single(answers, static a => a.Status == HttpStatusCode.OK);
        Assert.Equal(3, answers.Count(static a => a.Status == HttpStatusCode.UnprocessableEntity));
        var stored = await _deployment.ScalarAsync<long>("SELECT id FROM events");
        Assert.Equal(HttpStatusCode.OK, answers[stored].Status);
        Assert.Equal(1L, await _deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task The_same_body_four_times_at_once_is_committed_once_for_all_of_them()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync("same", """[{"id":1}]""")));

        Assert.All(answers, static a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal(1L, await _deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task What_is_committed_is_never_called_rejected_though_its_column_or_its_table_is_gone()
    {
        await PostAsync("dropped", """[{"id":1,"note":"a"}]""");
        await RestartAsync();
        await _deployment.ExecuteAsync("ALTER TABLE events DROP COLUMN note");
        var without = await PostAsync("dropped", """[{"id":1,"note":"a"}]""");
        var fresh = await PostAsync("fresh", """[{"id":2,"note":"b"}]""");
        await _deployment.ExecuteAsync("DROP TABLE events");
        var gone = await PostAsync("dropped", """[{"id":1,"note":"a"}]""");

        Assert.Equal((HttpStatusCode.OK, "alreadyCommitted"), (without.Status, without.Text("status")));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "note"),
            (fresh.Status, fresh.Json.GetProperty("errors")[0].GetProperty("column").GetString()));
        Assert.Equal((HttpStatusCode.OK, "alreadyCommitted"), (gone.Status, gone.Text("status")));
    }

    [Fact]
    public async Task With_the_warehouse_away_nothing_is_called_not_written()
    {
        await PostAsync("away", """[{"id":1}]""");
        await RestartAsync();
        await _deployment.Postgres.StopAsync();
        var found = await GetAsync("v1/intents/away");
        var again = await PostAsync("away", """[{"id":1}]""");
        var other = await PostAsync("away", """[{"id":1,"nothing":2}]""");
        await _deployment.Postgres.RestartAsync();
        var after = await PostAsync("away", """[{"id":1}]""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, found.Status);
        foreach (var answer in new[] { found, again, other })
        {
            Assert.True(answer.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout, answer.Json.ToString());
            Assert.DoesNotContain("not written", answer.Json.ToString(), StringComparison.Ordinal);
        }

        Assert.Contains("not known", found.Json.ToString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "alreadyCommitted"), (after.Status, after.Text("status")));
    }

    [Fact]
    public async Task An_update_under_a_known_id_with_other_SQL_is_refused_and_the_same_runs_once()
    {
        string[] first = ["update", "--sql", "UPDATE summary SET n = n + 1", "--id", "u-1", "--json"];
        string[] other = ["update", "--sql", "UPDATE summary SET n = n + 100", "--id", "u-1", "--json"];
        var ran = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, first);
        var refused = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, other);
        await RestartAsync();
        var later = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, other);
        var again = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, first);

        Assert.Equal((0, 1, 1, 0), (ran.ExitCode, refused.ExitCode, later.ExitCode, again.ExitCode));
        Assert.Contains("other content", refused.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("other content", later.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("alreadyCommitted", again.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(1L, await _deployment.ScalarAsync<long>("SELECT n FROM summary"));
    }

    [Fact]
    public async Task A_committed_update_is_never_called_rejected_though_its_table_is_gone_or_its_SQL_is_wrong_now()
    {
        string[] update = ["update", "--sql", "UPDATE summary SET n = n + 1", "--writes", "summary", "--id", "u-2", "--json"];
        var ran = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, update);
        await RestartAsync();
        await _deployment.ExecuteAsync("DROP TABLE summary");
        var gone = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, update);

        Assert.Equal((0, 0), (ran.ExitCode, gone.ExitCode));
        Assert.Contains("alreadyCommitted", gone.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_changes_amid_its_rows_is_followed_logged_and_shown()
    {
        var first = await PostAsync("c-1", """[{"id":1,"note":"a"}]""");
        await _deployment.ExecuteAsync("ALTER TABLE events ALTER COLUMN id TYPE double precision");
        var second = await PostAsync("c-2", """[{"id":42,"note":"b"}]""");
        await _deployment.ExecuteAsync("ALTER TABLE events ALTER COLUMN id TYPE uuid USING NULL");
        var third = await PostAsync("c-3", """[{"id":43,"note":"c"}]""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "id"),
            (third.Status, third.Json.GetProperty("errors")[0].GetProperty("column").GetString()));
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
        using var contention = JsonDocument.Parse(await _deployment.Silo.Http.GetStringAsync("api/contention/public.events"));
        Assert.Equal(2, contention.RootElement.GetProperty("now").GetProperty("schemaChanges").GetInt32());
        Assert.Contains("column id bigint is double precision now", contention.RootElement.GetProperty("conflicts").ToString(),
            StringComparison.Ordinal);
        Assert.Contains("column id bigint is double precision now", _deployment.Silo.Process.Output, StringComparison.Ordinal);
    }

    private async Task<ClientHostProcess> ServeAsync() =>
        await ClientHostProcess.ServeAsync(_deployment.Silo.ClientSettings.Append(new("Coordinator:Http:RowsTimeout", "00:00:05")));

    /// <summary>The restart drops everything that was only in memory.</summary>
    private async Task RestartAsync() => await _deployment.RestartSiloAsync();

    private Task<Answer> PostAsync(string key, string body)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post, "v1/tables/events/rows")
        { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        return SendAsync(request);
    }

    private Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.Http.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return new Answer(response.StatusCode, json.RootElement.Clone());
    }

    private sealed record Answer(HttpStatusCode Status, JsonElement Json)
    {
        public string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
