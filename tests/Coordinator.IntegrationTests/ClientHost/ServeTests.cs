using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Coordinator.Tables;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>The HTTP interface with a silo.</summary>
public sealed class ServeTests : IAsyncLifetime
{
    private Deployment _deployment = null!;
    private ClientHostProcess _host = null!;

    public async Task InitializeAsync()
    {
        _deployment = await Deployment.StartAsync(
            "create table events (id int, name text); create table summary (n bigint); insert into summary values (0)");
        _host = await ClientHostProcess.ServeAsync(
        [
            .. _deployment.Silo.ClientSettings,
            new("Coordinator:Http:MaxBodyBytes", "1000000"),
            new("Coordinator:Http:RowsTimeout", "00:00:05"),
            new("Coordinator:Jobs:count:Sql", "update summary set n = (select count(*) from events)"),
            new("Coordinator:Jobs:count:Writes", "summary"),
            new("Coordinator:Jobs:count:Reads", "events"),
            new("Coordinator:Jobs:hourly/count:Sql", "update summary set n = (select count(*) from events)"),
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
        Assert.Equal((HttpStatusCode.OK, "alreadyCommitted", first.Text("intentId")),
            (second.Status, second.Text("status"), second.Text("intentId")));
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("select count(*) from events"));

        var found = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{first.Text("intentId")}"));
        Assert.Equal((HttpStatusCode.OK, "public.events"), (found.Status, found.Text("table")));
    }

    [Theory]
    [InlineData("k-7", "\"k-7\"", "%22k-7%22")]
    [InlineData("11111111-AAAA-4111-8111-11111111111F", "11111111-aaaa-4111-8111-11111111111f", "\"11111111-AAAA-4111-8111-11111111111f\"")]
    [InlineData("11111111-AAAA-4111-8111-11111111111F.3", "\"11111111-aaaa-4111-8111-11111111111f.3\"", "11111111-aaaa-4111-8111-11111111111F.3")]
    [InlineData("\"orders/7 \\\\ \\\"a\\\"\"", "orders/7 \\ \"a\"", "orders%2F7%20%5C%20%22a%22")]
    [InlineData("orders%2F7", "\"orders%2F7\"", "orders%252F7")]
    public async Task One_key_is_one_intent_however_it_is_written(string key, string again, string address)
    {
        var first = await PostAsync("v1/tables/events/rows", "text/csv", "id\n1\n", key);
        Assert.Equal("committed", first.Text("status"));
        var second = await PostAsync("v1/tables/events/rows", "text/csv", "id\n1\n", again);
        Assert.Equal(("alreadyCommitted", first.Text("intentId")), (second.Text("status"), second.Text("intentId")));
        var found = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{address}"));
        Assert.Equal((HttpStatusCode.OK, first.Text("intentId")), (found.Status, found.Text("intentId")));
        Assert.Equal(1L, await _deployment.ScalarAsync<long>("select count(*) from events"));
    }

    [Theory]
    [InlineData("\"k-7")]
    [InlineData("\"k\\7\"")]
    [InlineData("\"k\";a")]
    public async Task A_malformed_quoted_key_is_400(string key)
    {
        var answer = await PostAsync("v1/tables/events/rows", "text/csv", "id\n1\n", key);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains("The header Idempotency-Key is malformed.", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("v1/jobs/count/runs", "application/json", "", key)).Status);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{Uri.EscapeDataString(key)}"))).Status);
    }

    [Theory]
    [InlineData("public.%22a%2Fb%22", "a/b")]
    [InlineData("%22a%2fb%22", "a/b")]
    [InlineData("public.%22a%252Fb%22", "a%2Fb")]
    [InlineData("%22a%2Fb%252Fc%22%22%22", "a/b%2Fc\"")]
    public async Task A_slash_in_a_table_s_name_is_part_of_it(string address, string name)
    {
        await _deployment.ExecuteAsync($"create table \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" (id int)");
        var answer = await PostAsync($"v1/tables/{address}/rows", "text/csv", "id\n1\n", "k-7");
        Assert.Equal((HttpStatusCode.OK, new TableName("public", name).ToString()), (answer.Status, answer.Text("table")));
        Assert.Equal(1L, await _deployment.ScalarAsync<long>($"select count(*) from \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        var found = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/k-7?table={address}"));
        Assert.Equal((HttpStatusCode.OK, answer.Text("table")), (found.Status, found.Text("table")));
        if (name == "a/b") Assert.Contains("a/b", await _deployment.Silo.Http.GetStringAsync($"api/contention/{address}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slash_in_a_job_s_name_is_part_of_it()
    {
        var run = await PostAsync("v1/jobs/hourly%2Fcount/runs", "application/json", "");
        Assert.Equal((HttpStatusCode.OK, "hourly/count"), (run.Status, run.Text("job")));
        var runs = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "v1/jobs/hourly%2Fcount/runs"));
        Assert.Equal((HttpStatusCode.OK, "hourly/count"), (runs.Status, runs.Text("job")));
        Assert.Contains("'no/body'", (await PostAsync("v1/jobs/no%2Fbody/runs", "application/json", "")).Text("detail"), StringComparison.Ordinal);
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
    public async Task What_is_wrong_has_its_status_and_says_what_would_be_right(
        string path, string mediaType, string body, int status, string mention)
    {
        var answer = await PostAsync(path, mediaType, body);
        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(mention, answer.Json.ToString(), StringComparison.Ordinal);
        if (status != 422) Assert.Equal("application/problem+json", answer.MediaType);
    }

    [Theory]
    [InlineData("coordinator.%22public.events%22")]
    [InlineData("%22Coordinator%22.%22public.events%22")]
    [InlineData("coordinator_cluster.silo")]
    [InlineData("pg_catalog.pg_class")]
    public async Task A_protected_table_is_422_and_the_ledger_stays_as_it_is(string table)
    {
        var answer = await PostAsync($"v1/tables/{table}/rows", "application/x-ndjson", "{\"id\":1}", "mine");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "rejected"), (answer.Status, answer.Text("status")));
        Assert.Contains("is no table to write to", answer.Json.GetProperty("errors")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/mine?table={table}"))).Status);
        Assert.Equal(0L, await _deployment.ScalarAsync<long>("select count(*) from pg_tables where schemaname = 'coordinator'"));
        Assert.DoesNotContain("\"table\"", await _deployment.Silo.Http.GetStringAsync("api/contention"), StringComparison.Ordinal);
        Assert.Equal("committed", (await PostAsync("v1/tables/events/rows", "application/x-ndjson", "{\"id\":1}", "mine")).Text("status"));
    }

    [Fact]
    public async Task A_compressed_body_is_read_and_what_it_holds_is_bounded()
    {
        var answer = await PostAsync("v1/tables/events/rows", "application/x-ndjson", Compressed("{\"id\":1}\n{\"id\":2}\n"), "gzip");
        Assert.Equal((HttpStatusCode.OK, 2), (answer.Status, answer.Json.GetProperty("rows").GetInt32()));
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("select count(*) from events"));

        var large = await PostAsync("v1/tables/events/rows", "application/x-ndjson",
            Compressed($"{{\"id\":1,\"name\":\"{new string('x', 1_100_000)}\"}}"), "gzip");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"), (large.Status, large.MediaType));
        var broken = await PostAsync("v1/tables/events/rows", "application/x-ndjson", "no gzip"u8.ToArray(), "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, broken.Status);
        var cut = await PostAsync("v1/tables/events/rows", "application/x-ndjson", Compressed("{\"id\":1}\n{\"id\":2}\n")[..^6], "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, cut.Status);
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("select count(*) from events"));
    }

    [Theory]
    [InlineData("application/x-ndjson", "br", "expected gzip")]
    [InlineData("application/x-ndjson", "gzip, gzip", "expected gzip")]
    [InlineData("application/x-ndjson; charset=utf-16", "", "expected utf-8")]
    [InlineData("text/csv; charset=\"iso-8859-1\"", "", "expected utf-8")]
    [InlineData("text/csv; header=absent", "", "header row")]
    public async Task Other_encodings_and_charsets_are_415_and_say_what_is_taken(string mediaType, string contentEncoding, string mention)
    {
        var answer = await PostAsync("v1/tables/events/rows", mediaType, "{\"id\":1}"u8.ToArray(), contentEncoding);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains(mention, answer.Json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_JSON_object_is_one_row_and_CSV_has_the_delimiter_that_its_media_type_says()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("v1/tables/events/rows", "application/json", "{\"id\":1,\"name\":\"a,b\"}")).Status);
        Assert.Equal(HttpStatusCode.OK,
            (await PostAsync("v1/tables/events/rows", "text/csv; delimiter=\";\"; header=present", "id;name\n2;a,b\n"u8.ToArray(), "")).Status);
        Assert.Equal("1:a,b 2:a,b", await _deployment.ScalarAsync<string>("select string_agg(id || ':' || name, ' ' order by id) from events"));
        var several = await PostAsync("v1/tables/events/rows", "application/json", "{\"id\":3}\n{\"id\":4}");
        Assert.Equal(HttpStatusCode.BadRequest, several.Status);
        Assert.Contains("ndjson", several.Json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slash_in_a_quoted_name_is_escaped_in_the_path()
    {
        await _deployment.ExecuteAsync("create table \"a/b\" (id int); create table \"a%2Fb\" (id int)");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("v1/tables/%22a%2Fb%22/rows", "application/x-ndjson", "{\"id\":1}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("v1/tables/%22a%252Fb%22/rows", "application/x-ndjson", "{\"id\":2}")).Status);
        Assert.Equal((1, 2),
            (await _deployment.ScalarAsync<int>("select id from \"a/b\""), await _deployment.ScalarAsync<int>("select id from \"a%2Fb\"")));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        var answer = await PostAsync("v1/tables/events/rows", "application/x-ndjson", $"{{\"id\":1,\"name\":\"{new string('x', 1_100_000)}\"}}");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task An_unknown_intent_is_404()
    {
        var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{Guid.NewGuid()}.0"));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task A_job_runs_by_its_name()
    {
        await PostAsync("v1/tables/events/rows", "text/csv", "id\n1\n2\n3\n");
        var found = await PostAsync("v1/jobs/found/runs", "application/json", "");
        Assert.Equal((HttpStatusCode.OK, "committed", 1),
            (found.Status, found.Text("status"), found.Json.GetProperty("statementRows")[0].GetInt32()));
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

    private Task<Answer> PostAsync(string path, string mediaType, byte[] body, string contentEncoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        if (contentEncoding.Length > 0) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        return SendAsync(request);
    }

    private static byte[] Compressed(string text)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _host.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.Delta,
                text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
        }
    }

    private sealed record Answer(HttpStatusCode Status, string? MediaType, TimeSpan? RetryAfter, JsonElement Json)
    {
        public string? Text(string name) => Json.GetProperty(name).GetString();
    }
}
