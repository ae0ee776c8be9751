namespace Coordinator.Laboratory.Faults;

internal sealed class PauseMemcached : IFault
{
    public string Name => "pause-memcached";

    public string Title => "memcached paused for 5 s (SIGSTOP), while an unrelated silo stops";

    public async Task StrikeAsync(Scene scene)
    {
        await scene.Cluster.Memcached.SignalAsync("STOP");
        await scene.StopBystanderAsync();
        await scene.PauseAsync(TimeSpan.FromSeconds(2));
        await scene.Cluster.Memcached.SignalAsync("CONT");
        await scene.PauseAsync(TimeSpan.FromSeconds(2));
    }
}
