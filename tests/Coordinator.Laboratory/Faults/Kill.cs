namespace Coordinator.Laboratory.Faults;

internal sealed class Kill : IFault
{
    public string Name => "kill";

    public string Title => "kill -9 of a silo";

    public async Task StrikeAsync(Scene scene)
    {
        scene.Harm(scene.Victim);
        await scene.Victim.KillAsync();
    }
}
