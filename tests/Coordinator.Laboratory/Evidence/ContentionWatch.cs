using System.Text.Json;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Keeps the highest figures of each table and silo process at <c>/api/contention</c>, because they are lost with the
/// process.</summary>
internal sealed class ContentionWatch(IReadOnlyList<SiloNode> nodes, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Table, string Silo, int Process), (long Conflicts, long Overlaps)> _parts = [];

    public long Conflicts => _parts.Values.Sum(static a => a.Conflicts);

    public long Overlaps => _parts.Values.Sum(static a => a.Overlaps);

    /// <summary>Reads the figures every second until <paramref name="over"/> is cancelled, and once more.</summary>
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
                foreach (var silo in table.GetProperty("silos").EnumerateArray()) Keep(table.GetProperty("table").GetString()!, silo);
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            // The silo is starting or has just ended. The next read tries again.
        }
    }

    private void Keep(string table, JsonElement silo)
    {
        var counts = silo.GetProperty("counts");
        var (conflicts, overlaps) = (counts.GetProperty("conflicts").GetInt64(), counts.GetProperty("overlaps").GetInt64());
        var name = silo.GetProperty("silo").GetString()!;
        var latest = _parts.Where(p => p.Key.Table == table && p.Key.Silo == name).OrderBy(static p => p.Key.Process).LastOrDefault();
        // Lower than before: a new process counts from zero.
        var isAnew = conflicts < latest.Value.Conflicts || overlaps < latest.Value.Overlaps;
        _parts[(table, name, latest.Key.Process + (isAnew ? 1 : 0))] = (conflicts, overlaps);
    }
}
