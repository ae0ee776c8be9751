namespace Coordinator.Laboratory.Faults;

internal sealed class CutFromMemcached : IFault
{
    public string Name => "cut-from-memcached";

    public string Title => "silo cut from memcached, then an unrelated silo stops";

    public async Task StrikeAsync(Scene scene)
    {
        await scene.Victim.Station.MissAsync(scene.Cluster.Lan.MemcachedAddress);
        await scene.PauseAsync(TimeSpan.FromSeconds(1));
        await scene.StopBystanderAsync();
        await scene.PauseAsync(scene.BeyondTtl);
        await scene.Victim.Station.FindAsync(scene.Cluster.Lan.MemcachedAddress);
        await scene.PauseAsync(TimeSpan.FromSeconds(2));
    }
}
