using System.Net.Http.Json;
using System.Text.Json;
using SiloUnavailableException = Coordinator.Errors.SiloUnavailableException;

namespace Coordinator.Top;

/// <summary>Reads the holders and waiters of each table from a silo-host, over all silos.</summary>
internal sealed class ContentionApi(Uri silo, TimeProvider time) : IDisposable
{
    private const string Advice = "Start a silo-host there, or name one with --url: its setting urls says where it listens.";

    private readonly Uri _address = new(silo, "/api/contention");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <exception cref="SiloUnavailableException">No silo-host answers at this address.</exception>
    public async Task<ContentionSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(_address, cancellationToken);
            if (!response.IsSuccessStatusCode) throw Unavailable($"answers {(int)response.StatusCode}, as no silo-host does that is well", null);
            var answer = await response.Content.ReadFromJsonAsync<Answer>(cancellationToken);
            return new ContentionSnapshot(time.GetUtcNow(), answer?.Tables ?? throw Unavailable("answers without tables", null));
        }
        catch (HttpRequestException e)
        {
            throw Unavailable($"does not answer: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"has not answered for {_http.Timeout.TotalSeconds:0} s", e);
        }
        catch (JsonException e)
        {
            throw Unavailable($"answers what is no contention: {e.Message}", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private SiloUnavailableException Unavailable(string what, Exception? cause) => new($"{_address} {what}. {Advice}", innerException: cause);

    private sealed record Answer(IReadOnlyList<TableFigures>? Tables);
}
