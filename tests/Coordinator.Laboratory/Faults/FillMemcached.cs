namespace Coordinator.Laboratory.Faults;

internal sealed class FillMemcached : IFault
{
    public string Name => "fill-memcached";

    public string Title => "memcached's memory full (`-M`), then an unrelated silo stops";

    public async Task StrikeAsync(Scene scene)
    {
        await FullMemory.FillAsync(scene.Cluster.Memcached);
        await scene.StopBystanderAsync();
        await scene.PauseAsync(TimeSpan.FromSeconds(3));
        await FullMemory.ReleaseAsync(scene.Cluster.Memcached);
    }
}
