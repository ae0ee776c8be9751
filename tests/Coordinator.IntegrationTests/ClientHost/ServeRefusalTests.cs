using System.Net;
using Npgsql;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>Requests that are refused, and the status that says so.</summary>
public sealed class ServeRefusalTests(ServeFixture fixture) : ServeTestBase(fixture)
{
    [Theory]
    [InlineData("\"k-7")]
    [InlineData("\"k\\7\"")]
    [InlineData("\"k\";a")]
    public async Task A_malformed_quoted_key_is_400(string key)
    {
        var answer = await PostAsync(Rows, "text/csv", "id\n1\n", key);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains("The header Idempotency-Key is malformed.", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("v1/jobs/count/runs", "application/json", "", key)).Status);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{Uri.EscapeDataString(key)}"))).Status);
    }

    [Fact]
    public async Task A_row_that_does_not_fit_is_422_and_names_line_column_and_reason()
    {
        var answer = await PostAsync(Rows, "application/x-ndjson", "{\"id\":1}\n\n{\"id\":\"x\"}\n");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "rejected"), (answer.Status, answer.Text("status")));
        var error = answer.Json.GetProperty("errors")[0];
        Assert.Equal((3, "id"), (error.GetProperty("row").GetInt32(), error.GetProperty("column").GetString()));
        Assert.Equal(0L, await Deployment.ScalarAsync<long>($"select count(*) from {Table}"));
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
    [InlineData("coordinator.%22public.summary%22", "summary")]
    [InlineData("%22Coordinator%22.%22public.summary%22", "summary")]
    [InlineData("coordinator_cluster.silo", "coordinator_cluster")]
    [InlineData("pg_catalog.pg_class", "pg_class")]
    public async Task A_protected_table_is_422_and_the_ledger_stays_as_it_is(string table, string mention)
    {
        var key = $"mine {table}";
        var ledgers = await LedgersAsync();
        var answer = await PostAsync($"v1/tables/{table}/rows", "application/x-ndjson", "{\"id\":1}", key);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "rejected"), (answer.Status, answer.Text("status")));
        Assert.Contains("is no table to write to", answer.Json.GetProperty("errors")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        var sought = new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{Uri.EscapeDataString(key)}?table={table}");
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(sought)).Status);
        Assert.Equal(ledgers, await LedgersAsync());
        Assert.DoesNotContain(mention, await Deployment.Silo.Http.GetStringAsync("api/contention"), StringComparison.Ordinal);
        Assert.Equal("committed", (await PostAsync(Rows, "application/x-ndjson", "{\"id\":1}", key)).Text("status"));
    }

    [Theory]
    [InlineData("application/x-ndjson", "br", "expected gzip")]
    [InlineData("application/x-ndjson", "gzip, gzip", "expected gzip")]
    [InlineData("application/x-ndjson; charset=utf-16", "", "expected utf-8")]
    [InlineData("text/csv; charset=\"iso-8859-1\"", "", "expected utf-8")]
    [InlineData("text/csv; header=absent", "", "header row")]
    public async Task Other_encodings_and_charsets_are_415_and_say_what_is_taken(string mediaType, string contentEncoding, string mention)
    {
        var answer = await PostAsync(Rows, mediaType, "{\"id\":1}"u8.ToArray(), contentEncoding);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains(mention, answer.Json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        var answer = await PostAsync(Rows, "application/x-ndjson", $"{{\"id\":1,\"name\":\"{new string('x', 1_100_000)}\"}}");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task Bodies_beyond_what_the_host_may_hold_are_429_and_the_others_are_written()
    {
        var body = $"{{\"id\":1,\"name\":\"{new string('x', 900_000)}\"}}";
        await using var rival = await Deployment.Database.OpenConnectionAsync();
        await using var locking = await rival.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"lock table {Table}", rival, locking)) await command.ExecuteNonQueryAsync();
        // Whichever comes first waits for the lock, and holds nearly all that the host may.
        var posts = Enumerable.Range(0, 2).Select(_ => PostAsync(Rows, "application/x-ndjson", body)).ToList();
        var first = await Task.WhenAny(posts);
        await locking.RollbackAsync();
        var refused = await first;
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (refused.Status, refused.RetryAfter));
        Assert.Contains("MaxBytesInFlight", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await posts.Single(post => post != first)).Status);
        Assert.Equal(1L, await Deployment.ScalarAsync<long>($"select count(*) from {Table}"));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Rows, "application/x-ndjson", body)).Status);
    }

    [Fact]
    public async Task An_unknown_intent_is_404()
    {
        var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"v1/intents/{Guid.NewGuid()}.0"));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    private Task<string> LedgersAsync() => Deployment.ScalarAsync<string>(
        "select coalesce(string_agg(tablename, ' ' order by tablename), '') from pg_tables where schemaname = 'coordinator'");
}
