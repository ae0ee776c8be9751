namespace Coordinator.Laboratory.Faults;

internal sealed class RestartMemcached : IFault
{
    public string Name => "restart-memcached";

    public string Title => "memcached killed and restarted, then an unrelated silo stops";

    public async Task StrikeAsync(Scene scene)
    {
        await scene.Cluster.Memcached.RestartAsync();
        await scene.StopBystanderAsync();
    }
}
