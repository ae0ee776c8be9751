namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>No silo reaches memcached.</summary>
internal sealed class CutMemcached : IChaosFault
{
    public string Name => "cut-memcached";

    public ChaosPlace Place => ChaosPlace.Memcached;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public async Task StrikeAsync(ChaosScene scene)
    {
        foreach (var node in scene.Cluster.Nodes) await node.Station.MissAsync(scene.Cluster.Lan.MemcachedAddress);
        await scene.LastAsync();
        foreach (var node in scene.Cluster.Nodes) await node.Station.FindAsync(scene.Cluster.Lan.MemcachedAddress);
    }
}
