namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class KillSilo : IChaosFault
{
    public string Name => "kill-silo";

    public ChaosPlace Place => ChaosPlace.Silo;

    public async Task StrikeAsync(ChaosScene scene)
    {
        scene.Keeper.Of(scene.Silo).KeepDown();
        await scene.Silo.KillAsync();
        await scene.LastAsync();
        await scene.Keeper.Of(scene.Silo).KeepUpAsync(scene.Ct);
    }
}
