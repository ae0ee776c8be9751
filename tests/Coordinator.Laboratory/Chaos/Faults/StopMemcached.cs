namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class StopMemcached : IChaosFault
{
    public string Name => "pause-memcached";

    public ChaosPlace Place => ChaosPlace.Memcached;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.Cluster.Memcached.SignalAsync("STOP");
        await scene.LastAsync();
        await scene.Cluster.Memcached.SignalAsync("CONT");
    }
}
