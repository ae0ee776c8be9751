using System.Collections.Concurrent;
using Coordinator.Laboratory.Cluster;
using Coordinator.Laboratory.Evidence;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Chaos.Staging;

/// <summary>Reads <c>/metrics</c> of every silo while an outage lasts.</summary>
internal sealed class MetricsWatch(LabCluster cluster, TimeProvider clock)
{
    private const string Metric = "coordinator_outages";

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
            _samples.Enqueue((clock.GetUtcNow(), MetricsText.Sum(text, Metric) > 0));
        }
        catch (InvalidOperationException)
        {
            // The silo is paused, or has just ended.
        }
    }
}
