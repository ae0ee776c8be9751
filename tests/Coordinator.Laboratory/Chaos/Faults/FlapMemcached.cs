namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>The server ends and comes back, again and again.</summary>
internal sealed class FlapMemcached : IChaosFault
{
    public string Name => "flap-memcached";

    public ChaosPlace Place => ChaosPlace.Memcached;

    public bool ForgetsLocks => true;

    public Task StrikeAsync(ChaosScene scene) =>
        scene.RepeatAsync(TimeSpan.FromMilliseconds(700), scene.Cluster.Memcached.RestartAsync);
}
