using System.Net;
using System.Text;
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
        _client = await ClientHostProcess.ServeAsync(_deployment.Silo.ClientSettings.Append(new("Coordinator:Http:RowsTimeout", "00:00:05")));
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
    }

    [Fact]
    public async Task Without_the_warehouse_the_answer_says_so_and_the_same_key_writes_once_afterwards()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(1)).StatusCode);
        await _deployment.Postgres.StopAsync();

        var answer = await PostAsync(2);
        Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout, answer.StatusCode.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);

        await _deployment.Postgres.RestartAsync();
        await Eventually.TrueAsync("the write goes through once the warehouse is back", async _ =>
            (await PostAsync(2)).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(60));
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("SELECT count(*) FROM events"));
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
