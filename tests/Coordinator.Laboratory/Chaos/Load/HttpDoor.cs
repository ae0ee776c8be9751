using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>The insert endpoint of a client-host, as a plain HTTP client uses it.</summary>
/// <param name="url">Where the client-host listens now; null while there is none.</param>
internal sealed class HttpDoor(Func<Uri?> url) : IDoor, IDisposable
{
    private const int MaxText = 400;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public string Name => "http";

    public async Task<(CallAnswer Answer, string Text)> SendAsync(ChaosIntent intent, CancellationToken ct)
    {
        if (url() is not { } host) return (CallAnswer.Unknown, "");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host, $"v1/tables/{intent.Table}/rows")) { Content = Body(intent) };
        request.Headers.Add("Idempotency-Key", intent.Id.ToString());
        try
        {
            using var response = await _http.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            return (Answer(response.StatusCode, text), response.IsSuccessStatusCode ? "" : $"{(int)response.StatusCode} {Short(text)}");
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            // The host ended, or the caller hung up. No one said anything about the intent.
            return (CallAnswer.Unknown, "");
        }
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Body(ChaosIntent intent)
    {
        var text = new StringBuilder();
        foreach (var row in intent.Rows) text.AppendLine(JsonSerializer.Serialize(new { id = row.Key, code = row.Code, note = row.Note }));
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text.ToString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return content;
    }

    /// <summary>As docs/http.md lists them. A 503 of a host that ends says that the outcome is unknown.</summary>
    private static CallAnswer Answer(HttpStatusCode status, string text) => status switch
    {
        HttpStatusCode.OK => CallAnswer.Committed,
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity => CallAnswer.Rejected,
        HttpStatusCode.TooManyRequests => CallAnswer.NotWritten,
        HttpStatusCode.ServiceUnavailable when !text.Contains("outcome is unknown", StringComparison.Ordinal) => CallAnswer.NotWritten,
        _ => CallAnswer.Unknown,
    };

    private static string Short(string text) => text.Length <= MaxText ? text : text[..MaxText];
}
