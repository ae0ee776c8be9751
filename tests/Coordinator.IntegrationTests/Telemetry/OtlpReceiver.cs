using System.Collections.Concurrent;
using Coordinator.TestServers;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Coordinator.IntegrationTests.Telemetry;

/// <summary>A collector that keeps the spans that it receives: OTLP over HTTP, as protobuf.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly WebApplication _app;
    private readonly string _url;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _url = $"http://127.0.0.1:{FreePort.Next()}";
        builder.WebHost.UseUrls(_url);
        _app = builder.Build();
        _app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            var body = await ByteString.FromStreamAsync(request.Body);
            foreach (var span in ReceivedSpan.Read(new ProtoMessage(body))) _spans.Enqueue(span);
            return Results.Bytes([], "application/x-protobuf");
        });
        _app.MapPost("/v1/metrics", static () => Results.Bytes([], "application/x-protobuf"));
    }

    /// <summary>The standard variables that make a program export to this collector, with a short delay.</summary>
    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    /// <summary>All spans received so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The spans of the trace that contains a span matching the first predicate, once it also contains one matching the
    /// second.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> TraceAsync(Func<ReceivedSpan, bool> of, Func<ReceivedSpan, bool> until)
    {
        IReadOnlyList<ReceivedSpan> found = [];
        try
        {
            await Eventually.TrueAsync("the trace is complete", () =>
            {
                var spans = Spans;
                found = spans.FirstOrDefault(of) is { } one ? [.. spans.Where(span => span.TraceId == one.TraceId)] : [];
                return found.Any(until);
            });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} What came:\n{string.Join('\n', Spans)}", e);
        }

        return found;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
