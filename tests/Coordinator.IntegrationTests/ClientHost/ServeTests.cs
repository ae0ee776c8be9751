using System.Net;
using Coordinator.Tables;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>Rows and jobs over HTTP.</summary>
public sealed class ServeTests(ServeFixture fixture) : ServeTestBase(fixture)
{
    [Theory]
    [InlineData("application/x-ndjson", "{\"id\":1,\"name\":\"a\"}\n{\"id\":2}\n")]
    [InlineData("application/json", "[{\"id\":1,\"name\":\"a\"},{\"id\":2}]")]
    [InlineData("text/csv", "id,name\n1,a\n2,\n")]
    public async Task Rows_are_committed_before_the_answer_and_the_same_key_writes_once(string mediaType, string body)
    {
        var first = await PostAsync(Rows, mediaType, body, $"key {mediaType}");
        Assert.Equal((HttpStatusCode.OK, "committed", 2), (first.Status, first.Text("status"), first.Json.GetProperty("rows").GetInt32()));
        Assert.Equal(2L, await Deployment.ScalarAsync<long>($"select count(*) from {Table}"));
        Assert.Equal($"public.{Table}", first.Text("table"));
        Assert.True(first.Json.TryGetProperty("committedAt", out _) && first.Json.TryGetProperty("batchId", out _));

        var second = await PostAsync(Rows, mediaType, body, $"key {mediaType}");
        Assert.Equal((HttpStatusCode.OK, "alreadyCommitted", first.Text("intentId")),
            (second.Status, second.Text("status"), second.Text("intentId")));
        Assert.Equal(2L, await Deployment.ScalarAsync<long>($"select count(*) from {Table}"));

        Assert.Equal($"/v1/intents/{first.Text("intentId")}?table=public.{Table}", first.Text("self"));
        foreach (var address in new[] { $"v1/intents/{first.Text("intentId")}", first.Text("self") })
        {
            var found = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address));
            Assert.Equal((HttpStatusCode.OK, $"public.{Table}", first.Text("self")), (found.Status, found.Text("table"), found.Text("self")));
        }
    }

    [Fact]
    public async Task Rows_without_a_key_share_ledger_rows_since_their_ids_count_up_and_each_is_found()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => PostAsync(Rows, "text/csv", $"id\n{i}\n")));
        Assert.All(answers, static answer => Assert.Equal((HttpStatusCode.OK, "committed"), (answer.Status, answer.Text("status"))));
        Assert.Equal(200, answers.Select(static answer => answer.Text("intentId")).Distinct().Count());
        Assert.Equal(200L, await Deployment.ScalarAsync<long>($"select count(distinct id) from {Table}"));
        Assert.Equal(1L, await Deployment.ScalarAsync<long>($"select count(distinct origin) from coordinator.\"public.{Table}\""));
        var rows = await Deployment.ScalarAsync<long>($"select count(*) from coordinator.\"public.{Table}\"");
        Assert.True(rows < 200, $"{rows} ledger rows");
        Assert.Equal(200L, await Deployment.ScalarAsync<long>(
            $"select sum(last_sequence - first_sequence + 1)::bigint from coordinator.\"public.{Table}\""));
        var found = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{answers[77].Text("intentId")}"));
        Assert.Equal((HttpStatusCode.OK, $"public.{Table}"), (found.Status, found.Text("table")));
        // Malformed bodies take no number.
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Rows, "text/csv", "")).Status);
    }

    [Theory]
    [InlineData("k-7", "\"k-7\"", "%22k-7%22")]
    [InlineData("11111111-AAAA-4111-8111-11111111111F", "11111111-aaaa-4111-8111-11111111111f", "\"11111111-AAAA-4111-8111-11111111111f\"")]
    [InlineData("11111111-AAAA-4111-8111-11111111111F.3", "\"11111111-aaaa-4111-8111-11111111111f.3\"", "11111111-aaaa-4111-8111-11111111111F.3")]
    [InlineData("\"orders/7 \\\\ \\\"a\\\"\"", "orders/7 \\ \"a\"", "orders%2F7%20%5C%20%22a%22")]
    [InlineData("orders%2F7", "\"orders%2F7\"", "orders%252F7")]
    public async Task One_key_is_one_intent_however_it_is_written(string key, string again, string address)
    {
        var first = await PostAsync(Rows, "text/csv", "id\n1\n", key);
        Assert.Equal("committed", first.Text("status"));
        var second = await PostAsync(Rows, "text/csv", "id\n1\n", again);
        Assert.Equal(("alreadyCommitted", first.Text("intentId")), (second.Text("status"), second.Text("intentId")));
        var found = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{address}"));
        Assert.Equal((HttpStatusCode.OK, first.Text("intentId")), (found.Status, found.Text("intentId")));
        Assert.Equal(1L, await Deployment.ScalarAsync<long>($"select count(*) from {Table}"));
    }

    [Theory]
    [InlineData("public.%22a%2Fb%22", "a/b")]
    [InlineData("%22c%2fd%22", "c/d")]
    [InlineData("public.%22a%252Fb%22", "a%2Fb")]
    [InlineData("%22a%2Fb%252Fc%22%22%22", "a/b%2Fc\"")]
    public async Task A_slash_in_a_table_s_name_is_part_of_it(string address, string name)
    {
        await Deployment.ExecuteAsync($"create table \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" (id int)");
        var answer = await PostAsync($"v1/tables/{address}/rows", "text/csv", "id\n1\n", "slash-7");
        Assert.Equal((HttpStatusCode.OK, new TableName("public", name).ToString()), (answer.Status, answer.Text("table")));
        Assert.Equal(1L, await Deployment.ScalarAsync<long>($"select count(*) from \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        foreach (var asked in new[] { $"v1/intents/slash-7?table={address}", answer.Text("self") })
        {
            var found = await SendAsync(new HttpRequestMessage(HttpMethod.Get, asked));
            Assert.Equal((HttpStatusCode.OK, answer.Text("table")), (found.Status, found.Text("table")));
        }

        if (name == "a/b") Assert.Contains("a/b", await Deployment.Silo.Http.GetStringAsync($"api/contention/{address}"), StringComparison.Ordinal);
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
    public async Task A_compressed_body_is_read_and_what_it_holds_is_bounded()
    {
        var answer = await PostAsync(Rows, "application/x-ndjson", Compressed("{\"id\":1}\n{\"id\":2}\n"), "gzip");
        Assert.Equal((HttpStatusCode.OK, 2), (answer.Status, answer.Json.GetProperty("rows").GetInt32()));
        Assert.Equal(2L, await Deployment.ScalarAsync<long>($"select count(*) from {Table}"));

        var large = await PostAsync(Rows, "application/x-ndjson",
            Compressed($"{{\"id\":1,\"name\":\"{new string('x', 1_100_000)}\"}}"), "gzip");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"), (large.Status, large.MediaType));
        var broken = await PostAsync(Rows, "application/x-ndjson", "no gzip"u8.ToArray(), "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, broken.Status);
        var cut = await PostAsync(Rows, "application/x-ndjson", Compressed("{\"id\":1}\n{\"id\":2}\n")[..^6], "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, cut.Status);
        Assert.Equal(2L, await Deployment.ScalarAsync<long>($"select count(*) from {Table}"));
    }

    [Fact]
    public async Task A_JSON_object_is_one_row_and_CSV_has_the_delimiter_that_its_media_type_says()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Rows, "application/json", "{\"id\":1,\"name\":\"a,b\"}")).Status);
        Assert.Equal(HttpStatusCode.OK,
            (await PostAsync(Rows, "text/csv; delimiter=\";\"; header=present", "id;name\n2;a,b\n"u8.ToArray(), "")).Status);
        Assert.Equal("1:a,b 2:a,b", await Deployment.ScalarAsync<string>($"select string_agg(id || ':' || name, ' ' order by id) from {Table}"));
        var several = await PostAsync(Rows, "application/json", "{\"id\":3}\n{\"id\":4}");
        Assert.Equal(HttpStatusCode.BadRequest, several.Status);
        Assert.Contains("ndjson", several.Json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slash_in_a_quoted_name_is_escaped_in_the_path()
    {
        await Deployment.ExecuteAsync("create table \"e/f\" (id int); create table \"e%2Ff\" (id int)");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("v1/tables/%22e%2Ff%22/rows", "application/x-ndjson", "{\"id\":1}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("v1/tables/%22e%252Ff%22/rows", "application/x-ndjson", "{\"id\":2}")).Status);
        Assert.Equal((1, 2),
            (await Deployment.ScalarAsync<int>("select id from \"e/f\""), await Deployment.ScalarAsync<int>("select id from \"e%2Ff\"")));
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
        Assert.Equal(3L, await Deployment.ScalarAsync<long>("select n from summary"));
    }

    [Fact]
    public async Task The_description_names_every_endpoint()
    {
        var description = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "openapi/v1.json"));
        Assert.Equal(
            ["/v1/intents/{id}", "/v1/jobs", "/v1/jobs/{name}/runs", "/v1/tables/{table}/rows"],
            description.Json.GetProperty("paths").EnumerateObject().Select(static p => p.Name).Order());
    }
}
