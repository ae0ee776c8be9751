namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class EmptyMemcached : IChaosFault
{
    public string Name => "empty-memcached";

    public ChaosPlace Place => ChaosPlace.Memcached;

    public bool ForgetsLocks => true;

    public Task StrikeAsync(ChaosScene scene) => scene.Cluster.Memcached.CommandAsync("flush_all");
}
