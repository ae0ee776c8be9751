namespace Coordinator.Laboratory.Faults;

internal sealed class FlushMemcached : IFault
{
    public string Name => "flush-memcached";

    public string Title => "`flush_all`, then an unrelated silo stops";

    public async Task StrikeAsync(Scene scene)
    {
        await scene.Cluster.Memcached.CommandAsync("flush_all");
        await scene.StopBystanderAsync();
    }
}
