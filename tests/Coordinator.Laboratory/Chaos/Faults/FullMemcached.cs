using Coordinator.Laboratory.Faults;

namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class FullMemcached : IChaosFault
{
    public string Name => "full-memcached";

    public ChaosPlace Place => ChaosPlace.Memcached;

    public async Task StrikeAsync(ChaosScene scene)
    {
        await FullMemory.FillAsync(scene.Cluster.Memcached);
        await scene.LastAsync();
        await FullMemory.ReleaseAsync(scene.Cluster.Memcached);
    }
}
