using System.Collections.Concurrent;
using System.Globalization;
using Coordinator.Laboratory.Cluster;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Chaos.Staging;

/// <summary>Reads <c>/metrics</c> of every silo while an outage lasts.</summary>
internal sealed class MetricsWatch(LabCluster cluster, TimeProvider clock)
{
    private const string Metric = "coordinator_outages{";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<(DateTimeOffset At, bool Told)> _samples = [];
    private int _outages;

    public IReadOnlyCollection<(DateTimeOffset At, bool Told)> Samples => _samples;

    public void Begin() => Interlocked.Increment(ref _outages);

    public void End() => Interlocked.Decrement(ref _outages);

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (Volatile.Read(ref _outages) > 0) await Task.WhenAll(cluster.Nodes.Where(static n => n.IsRunning).Select(ReadAsync));
            await Task.Delay(Period, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(SiloNode node)
    {
        string[] line = [.. node.Station.Launcher, "curl", "--silent", "--fail", "--max-time", "2", new Uri(node.Url, "metrics").ToString()];
        try
        {
            var text = await ChildProcess.RunAsync(line[0], line[1..]);
            var told = text.Split('\n').Any(static l => l.StartsWith(Metric, StringComparison.Ordinal) && Value(l) > 0);
            _samples.Enqueue((clock.GetUtcNow(), told));
        }
        catch (InvalidOperationException)
        {
            // The silo is paused, or has just ended.
        }
    }

    /// <summary>Of <c>name{labels} value timestamp</c>.</summary>
    private static double Value(string line)
    {
        var rest = line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0];
        return double.Parse(rest, CultureInfo.InvariantCulture);
    }
}
