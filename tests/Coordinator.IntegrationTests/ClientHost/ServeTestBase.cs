using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>The HTTP interface with a silo.</summary>
public abstract class ServeTestBase : IAsyncLifetime
{
    private protected Deployment Deployment { get; private set; } = null!;
    private protected ClientHostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Deployment = await Deployment.StartAsync(
            "create table events (id int, name text); create table summary (n bigint); insert into summary values (0)");
        Host = await ClientHostProcess.ServeAsync(
        [
            .. Deployment.Silo.ClientSettings,
            new("Coordinator:Http:MaxBodyBytes", "1000000"),
            new("Coordinator:Http:RowsTimeout", "00:00:20"),
            new("Coordinator:Jobs:count:Sql", "update summary set n = (select count(*) from events)"),
            new("Coordinator:Jobs:count:Writes", "summary"),
            new("Coordinator:Jobs:count:Reads", "events"),
            new("Coordinator:Jobs:hourly/count:Sql", "update summary set n = (select count(*) from events)"),
            new("Coordinator:Jobs:found:Sql", "update summary set n = (select count(*) from events)"),
        ]);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Deployment.DisposeAsync();
    }

    private protected async Task<Answer> PostAsync(string path, string mediaType, string body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await SendAsync(request);
    }

    private protected Task<Answer> PostAsync(string path, string mediaType, byte[] body, string contentEncoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        if (contentEncoding.Length > 0) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        return SendAsync(request);
    }

    private protected static byte[] Compressed(string text)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    private protected async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Host.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.Delta,
                text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
        }
    }

    private protected sealed record Answer(HttpStatusCode Status, string? MediaType, TimeSpan? RetryAfter, JsonElement Json)
    {
        public string? Text(string name) => Json.GetProperty(name).GetString();
    }
}
