using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Cycle;

/// <summary>Stops one silo every half minute, gracefully or not, and starts it again.</summary>
internal sealed class SiloStrikes(LoopbackCluster cluster, Random random, Action<string> report, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(5);

    private readonly List<Strike> _strikes = [];

    public IReadOnlyList<Strike> Strikes => _strikes;

    /// <summary>Strikes until <paramref name="over"/> is cancelled. All silos run when the method returns.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        while (await PauseAsync(Period, over))
        {
            var node = cluster.Nodes[random.Next(cluster.Nodes.Count)];
            var isKill = random.Next(2) == 0;
            var at = clock.GetUtcNow();
            if (isKill) await node.KillAsync();
            else await node.StopAsync();
            await PauseAsync(Away, over);
            await node.StartAsync();
            _strikes.Add(new Strike(node.Name, isKill, at, clock.GetUtcNow()));
            report($"{(isKill ? "killed" : "stopped")} {node.Name} at {at:HH:mm:ss.fff}, back at {clock.GetUtcNow():HH:mm:ss.fff}");
        }
    }

    private async Task<bool> PauseAsync(TimeSpan length, CancellationToken over)
    {
        await Task.Delay(length, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !over.IsCancellationRequested;
    }
}
