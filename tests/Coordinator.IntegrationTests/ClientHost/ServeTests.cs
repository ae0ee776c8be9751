using System.Net;
using System.Text;
using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>The HTTP interface over a silo of its own.</summary>
public sealed class ServeTests : IAsyncLifetime
{
    private Deployment _deployment = null!;
    private ClientHostProcess _host = null!;

    public async Task InitializeAsync()
    {
        _deployment = await Deployment.StartAsync("create table events (id int, name text); create table summary (n bigint); insert into summary values (0)");
        _host = await ClientHostProcess.ServeAsync(
        [
            .. _deployment.Silo.ClientSettings,
            new("Coordinator:Http:MaxBodyBytes", "1000000"),
            new("Coordinator:Http:RowsTimeout", "00:00:05"),
            new("Coordinator:Jobs:count:Sql", "update summary set n = (select count(*) from events)"),
            new("Coordinator:Jobs:count:Writes", "summary"),
            new("Coordinator:Jobs:count:Reads", "events"),
            new("Coordinator:Jobs:found:Sql", "update summary set n = (select count(*) from events)"),
        ]);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _deployment.DisposeAsync();
    }

    [Theory]
    [InlineData("application/x-ndjson", "{\"id\":1,\"name\":\"a\"}\n{\"id\":2}\n")]
    [InlineData("application/json", "[{\"id\":1,\"name\":\"a\"},{\"id\":2}]")]
    [InlineData("text/csv", "id,name\n1,a\n2,\n")]
    public async Task Rows_are_committed_before_the_answer_and_the_same_key_writes_once(string mediaType, string body)
    {
        var first = await PostAsync("v1/tables/events/rows", mediaType, body, "key 1");
        Assert.Equal((HttpStatusCode.OK, "committed", 2), (first.Status, first.Text("status"), first.Json.GetProperty("rows").GetInt32()));
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("select count(*) from events"));
        Assert.Equal("public.events", first.Text("table"));
        Assert.True(first.Json.TryGetProperty("committedAt", out _) && first.Json.TryGetProperty("batchId", out _));

        var second = await PostAsync("v1/tables/events/rows", mediaType, body, "key 1");
        Assert.Equal((HttpStatusCode.OK, "alreadyCommitted", first.Text("intentId")), (second.Status, second.Text("status"), second.Text("intentId")));
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("select count(*) from events"));

        var found = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{first.Text("intentId")}"));
        Assert.Equal((HttpStatusCode.OK, "public.events"), (found.Status, found.Text("table")));
    }

    [Fact]
    public async Task A_row_that_does_not_fit_is_422_and_names_line_column_and_reason()
    {
        var answer = await PostAsync("v1/tables/events/rows", "application/x-ndjson", "{\"id\":1}\n\n{\"id\":\"x\"}\n");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "rejected"), (answer.Status, answer.Text("status")));
        var error = answer.Json.GetProperty("errors")[0];
        Assert.Equal((3, "id"), (error.GetProperty("row").GetInt32(), error.GetProperty("column").GetString()));
        Assert.Equal(0L, await _deployment.ScalarAsync<long>("select count(*) from events"));
    }

    [Theory]
    [InlineData("v1/tables/events/rows", "application/x-ndjson", "{\"id\" 1}", 400, "row 1")]
    [InlineData("v1/tables/events/rows", "application/x-ndjson", "", 400, "no row")]
    [InlineData("v1/tables/a.b.c/rows", "application/x-ndjson", "{\"id\":1}", 400, "a.b.c")]
    [InlineData("v1/tables/events/rows", "application/xml", "<x/>", 415, "application/x-ndjson")]
    [InlineData("v1/tables/nobody/rows", "application/x-ndjson", "{\"id\":1}", 422, "nobody")]
    [InlineData("v1/jobs/nobody/runs", "application/json", "", 404, "nobody")]
    [InlineData("v1/nothing", "application/json", "", 404, "openapi")]
    public async Task What_is_wrong_has_its_status_and_says_what_would_be_right(string path, string mediaType, string body, int status, string mention)
    {
        var answer = await PostAsync(path, mediaType, body);
        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(mention, answer.Json.ToString(), StringComparison.Ordinal);
        if (status != 422) Assert.Equal("application/problem+json", answer.MediaType);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        var answer = await PostAsync("v1/tables/events/rows", "application/x-ndjson", $"{{\"id\":1,\"name\":\"{new string('x', 1_100_000)}\"}}");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task An_intent_that_nobody_knows_is_404()
    {
        var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{Guid.NewGuid()}.0"));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task A_job_runs_by_its_name()
    {
        await PostAsync("v1/tables/events/rows", "text/csv", "id\n1\n2\n3\n");
        var found = await PostAsync("v1/jobs/found/runs", "application/json", "");
        Assert.Equal((HttpStatusCode.OK, "committed", 1), (found.Status, found.Text("status"), found.Json.GetProperty("statementRows")[0].GetInt32()));
        var answer = await PostAsync("v1/jobs/count/runs", "application/json", "");
        Assert.Equal((HttpStatusCode.OK, "committed", "count"), (answer.Status, answer.Text("status"), answer.Text("job")));
        Assert.Equal(3L, await _deployment.ScalarAsync<long>("select n from summary"));
    }

    [Fact]
    public async Task Without_a_silo_it_is_not_ready_and_writes_are_503_or_504()
    {
        await _deployment.Silo.KillAsync();
        var ready = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(new HttpRequestMessage(HttpMethod.Get, "health/live"))).Status);
        var answer = await PostAsync("v1/tables/events/rows", "application/x-ndjson", "{\"id\":1}");
        Assert.Contains(answer.Status, new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout });
        Assert.True(answer.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public async Task The_description_names_every_endpoint()
    {
        var description = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "openapi/v1.json"));
        Assert.Equal(
            ["/v1/intents/{id}", "/v1/jobs", "/v1/jobs/{name}/runs", "/v1/tables/{table}/rows"],
            description.Json.GetProperty("paths").EnumerateObject().Select(static p => p.Name).Order());
    }

    private async Task<Answer> PostAsync(string path, string mediaType, string body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await SendAsync(request);
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _host.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.Delta, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
        }
    }

    private sealed record Answer(HttpStatusCode Status, string? MediaType, TimeSpan? RetryAfter, JsonElement Json)
    {
        public string? Text(string name) => Json.GetProperty(name).GetString();
    }
}
