using System.Net;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>Requests while no silo lives.</summary>
public sealed class ServeWithoutSiloTests(ServeFixture fixture) : ServeTestBase(fixture)
{
    [Fact]
    public async Task Without_a_silo_it_is_not_ready_and_writes_are_503_or_504()
    {
        await Deployment.Silo.KillAsync();
        var ready = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(new HttpRequestMessage(HttpMethod.Get, "health/live"))).Status);
        var answer = await PostAsync(Rows, "application/x-ndjson", "{\"id\":1}");
        Assert.Contains(answer.Status, new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout });
        Assert.True(answer.RetryAfter > TimeSpan.Zero);
        Assert.Equal($"/v1/intents/{answer.Text("intentId")}?table=public.{Table}", answer.Text("self"));
    }
}
