namespace Coordinator.Laboratory.Faults;

internal sealed class CutFromAll : IFault
{
    public string Name => "cut-from-all";

    public string Title => "silo cut from everything";

    public async Task StrikeAsync(Scene scene)
    {
        scene.Harm(scene.Victim);
        await scene.Victim.Station.PullCableAsync();
        await scene.PauseAsync(scene.BeyondTtl);
        await scene.Victim.Station.PlugCableAsync();
        await scene.PauseAsync(TimeSpan.FromSeconds(3));
    }
}
