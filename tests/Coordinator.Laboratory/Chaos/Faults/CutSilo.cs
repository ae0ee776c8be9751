namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>A silo is cut off from everything.</summary>
internal sealed class CutSilo : IChaosFault
{
    public string Name => "cut-silo";

    public ChaosPlace Place => ChaosPlace.Silo;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.Silo.Station.PullCableAsync();
        await scene.LastAsync();
        await scene.Silo.Station.PlugCableAsync();
    }
}
