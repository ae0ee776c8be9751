namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class KillMemcached : IChaosFault
{
    public string Name => "kill-memcached";

    public ChaosPlace Place => ChaosPlace.Memcached;

    public bool ForgetsLocks => true;

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.Cluster.Memcached.StopAsync();
        await scene.LastAsync();
        await scene.Cluster.Memcached.RestartAsync();
    }
}
