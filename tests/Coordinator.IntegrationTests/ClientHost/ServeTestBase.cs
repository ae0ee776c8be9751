using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>Requests to the HTTP interface. Each test has a table of its own, since they share the deployment.</summary>
public abstract class ServeTestBase(ServeFixture fixture) : IClassFixture<ServeFixture>, IAsyncLifetime
{
    private static int _tables;

    private protected Deployment Deployment => fixture.Deployment;
    private protected ClientHostProcess Host => fixture.Host;

    /// <summary>The test's own empty table (id int, name text).</summary>
    private protected string Table { get; } = $"events_{Interlocked.Increment(ref _tables)}";

    private protected string Rows => $"v1/tables/{Table}/rows";

    public Task InitializeAsync() => Deployment.ExecuteAsync($"create table {Table} (id int, name text)");

    public Task DisposeAsync() => Task.CompletedTask;

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
