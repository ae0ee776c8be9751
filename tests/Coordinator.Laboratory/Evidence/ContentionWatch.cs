using System.Text.Json;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Keeps the highest figures that each activation showed at <c>/api/contention</c>: with the activation they are gone.</summary>
internal sealed class ContentionWatch(IReadOnlyList<SiloNode> nodes, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (long Conflicts, long Overlaps)> _activations = new(StringComparer.Ordinal);

    public long Conflicts => _activations.Values.Sum(static a => a.Conflicts);

    public long Overlaps => _activations.Values.Sum(static a => a.Overlaps);

    /// <summary>Looks every second until it is over, and once more.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        do
        {
            foreach (var node in nodes.Where(static n => n.IsRunning)) await LookAsync(http, node);
            await Task.Delay(Period, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!over.IsCancellationRequested);
        foreach (var node in nodes.Where(static n => n.IsRunning)) await LookAsync(http, node);
    }

    private async Task LookAsync(HttpClient http, SiloNode node)
    {
        try
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(node.Url, "api/contention")));
            foreach (var table in answer.RootElement.GetProperty("tables").EnumerateArray())
            {
                var activation = string.Join('/', table.GetProperty("silo"), table.GetProperty("table"), table.GetProperty("lock").GetProperty("owner"));
                var (conflicts, overlaps) = _activations.GetValueOrDefault(activation);
                _activations[activation] = (
                    Math.Max(conflicts, table.GetProperty("conflicts").GetInt64()),
                    Math.Max(overlaps, table.GetProperty("overlaps").GetInt64()));
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            // It is starting or has just been ended; the next look asks again.
        }
    }
}
