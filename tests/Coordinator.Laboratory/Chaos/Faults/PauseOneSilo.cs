namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class PauseOneSilo : IChaosFault
{
    public string Name => "pause-silo";

    public ChaosPlace Place => ChaosPlace.Silo;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.Silo.SignalAsync("STOP");
        await scene.LastAsync();
        await scene.Silo.SignalAsync("CONT");
    }
}
