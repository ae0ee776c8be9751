namespace Coordinator.Laboratory.Faults;

internal sealed class UnrelatedStop : IFault
{
    public string Name => "unrelated-stop";

    public string Title => "graceful stop of an unrelated silo";

    public async Task StrikeAsync(Scene scene)
    {
        await scene.StopBystanderAsync();
    }
}
