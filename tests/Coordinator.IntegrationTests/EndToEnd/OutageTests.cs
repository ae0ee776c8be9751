using System.Net;
using System.Text;
using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>What a writer gets while memcached or the warehouse is down.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private Deployment _deployment = null!;
    private ClientHostProcess _client = null!;

    public async Task InitializeAsync()
    {
        _deployment = await Deployment.StartAsync(
            "CREATE TABLE events (id bigint PRIMARY KEY)", siloSettings: ("Coordinator:Locking:UnavailableAfter", "00:00:01"));
        _client = await ClientHostProcess.ServeAsync(_deployment.Silo.ClientSettings.Append(new("Coordinator:Http:RowsTimeout", "00:00:20")));
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _deployment.DisposeAsync();
    }

    [Fact]
    public async Task Without_memcached_writes_go_on_and_the_lock_shows_as_unverified()
    {
        await _deployment.Memcached.StopAsync();

        var answer = await PostAsync(1);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"state\":\"unverified\"", await _deployment.Silo.Http.GetStringAsync("api/contention"), StringComparison.Ordinal);
        var endpoint = _deployment.Memcached.Endpoint;
        await LogsAsync($"Memcached {endpoint} does not answer: ");
        var figures = await _deployment.Silo.Http.GetStringAsync("api/contention");
        Assert.Contains($"\"service\":\"memcached {endpoint}\"", figures, StringComparison.Ordinal);
        Assert.Matches("""coordinator_outages\{[^}]*scope="service"[^}]*\} 1""", await _deployment.Silo.Http.GetStringAsync("metrics"));
        await _deployment.Memcached.RestartAsync();
        await LogsAsync($"Memcached {endpoint} answers again after");
    }

    [Fact]
    public async Task A_host_without_silo_tells_its_begin_and_its_end()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(1)).StatusCode);
        await _deployment.Silo.KillAsync();
        var answering = PostAsync(2);
        await Eventually.TrueAsync("the host's log tells", () => _client.Process.Output.Contains("No silo answers: ", StringComparison.Ordinal));
        await _deployment.RestartSiloAsync();
        using var answer = await answering;
        await Eventually.TrueAsync("the write goes through", async _ => (await PostAsync(2)).StatusCode == HttpStatusCode.OK);
        Assert.Contains("A silo answers again after", _client.Process.Output, StringComparison.Ordinal);
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
    }

    [Theory]
    [InlineData(Fault.Stopped, "connection", "Failed to connect")]
    [InlineData(Fault.Frozen, "connection", "PostgreSQL has not answered for 3 s")]
    [InlineData(Fault.ReadOnly, "readOnly", "read-only transaction")]
    public async Task An_outage_of_the_warehouse_is_in_log_health_figures_metrics_and_answer_and_the_same_key_writes_once_afterwards(
        Fault fault, string cause, string words)
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(1)).StatusCode);
        await BeginAsync(fault);
        var answering = PostAsync(2);

        await LogsAsync("PostgreSQL takes no writes");
        Assert.Contains($"PostgreSQL takes no writes ({cause}): ", Log, StringComparison.Ordinal);
        Assert.Contains(words, Log, StringComparison.Ordinal);
        using var ready = await _deployment.Silo.Http.GetAsync(new Uri("health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        var figures = JsonDocument.Parse(await _deployment.Silo.Http.GetStringAsync("api/contention")).RootElement.GetProperty("outages");
        Assert.Equal(cause, figures[0].GetProperty("cause").GetString());
        Assert.Contains(words, figures[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Matches("""coordinator_outages\{[^}]*scope="warehouse"[^}]*\} 1""", await _deployment.Silo.Http.GetStringAsync("metrics"));
        using var answer = await answering;
        Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout, answer.StatusCode.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await EndAsync(fault);
        await Eventually.TrueAsync("the write goes through once the warehouse is back", async _ =>
            (await PostAsync(2)).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(60));
        await LogsAsync("PostgreSQL takes writes again after");
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
    }

    public enum Fault
    {
        Stopped,
        Frozen,
        ReadOnly,
    }

    private Task LogsAsync(string text) =>
        Eventually.TrueAsync($"the log says '{text}'", _ => Task.FromResult(Log.Contains(text, StringComparison.Ordinal)));

    private string Log => _deployment.Silo.Process.Output;

    private Task BeginAsync(Fault fault) => fault switch
    {
        Fault.Stopped => _deployment.Postgres.StopAsync(),
        Fault.Frozen => _deployment.Postgres.FreezeAsync(),
        _ => SetReadOnlyAsync("on"),
    };

    private Task EndAsync(Fault fault) => fault switch
    {
        Fault.Stopped => _deployment.Postgres.RestartAsync(),
        Fault.Frozen => _deployment.Postgres.ThawAsync(),
        _ => SetReadOnlyAsync("off"),
    };

    private async Task SetReadOnlyAsync(string value)
    {
        await _deployment.ExecuteAsync($"ALTER SYSTEM SET default_transaction_read_only = {value}");
        await _deployment.ExecuteAsync("SELECT pg_reload_conf()");
    }

    private async Task<HttpResponseMessage> PostAsync(int id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/tables/events/rows")
        {
            Content = new StringContent($"{{\"id\":{id}}}", Encoding.UTF8, "application/x-ndjson"),
        };
        request.Headers.Add("Idempotency-Key", $"row-{id}");
        return await _client.Http.SendAsync(request);
    }
}
