namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>An administrator ends the sessions of all silos, again and again.</summary>
internal sealed class EndSessions : IChaosFault
{
    public string Name => "end-sessions";

    public ChaosPlace Place => ChaosPlace.Warehouse;

    public Task StrikeAsync(ChaosScene scene) => scene.RepeatAsync(TimeSpan.FromSeconds(1), () => scene.Administrator.EndSessionsAsync(scene.Ct));
}
