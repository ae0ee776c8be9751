namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class PauseClientHost : IChaosFault
{
    public string Name => "pause-client-host";

    public ChaosPlace Place => ChaosPlace.ClientHost;

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.Client.SignalAsync("STOP");
        await scene.LastAsync();
        await scene.Client.SignalAsync("CONT");
    }
}
