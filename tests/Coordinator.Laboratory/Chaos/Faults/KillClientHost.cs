namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class KillClientHost : IChaosFault
{
    public string Name => "kill-client-host";

    public ChaosPlace Place => ChaosPlace.ClientHost;

    public async Task StrikeAsync(ChaosScene scene)
    {
        scene.Keeper.Client.KeepDown();
        await scene.Client.KillAsync();
        await scene.LastAsync();
        await scene.Keeper.Client.KeepUpAsync(scene.Ct);
    }
}
