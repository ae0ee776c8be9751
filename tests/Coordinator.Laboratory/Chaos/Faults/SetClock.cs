namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>A silo's wall clock jumps by up to ten minutes, either way, and back.</summary>
internal sealed class SetClock : IChaosFault
{
    private const int MostSeconds = 600;

    public string Name => "set-clock";

    public ChaosPlace Place => ChaosPlace.Silo;

    public bool IsOptional => true;

    public async Task StrikeAsync(ChaosScene scene)
    {
        scene.Silo.Clock.Set(TimeSpan.FromSeconds(scene.Random.Next(-MostSeconds, MostSeconds)));
        await scene.LastAsync();
        scene.Silo.Clock.Set(TimeSpan.Zero);
        // It is read once a second.
        await scene.PauseAsync(TimeSpan.FromSeconds(1));
    }
}
