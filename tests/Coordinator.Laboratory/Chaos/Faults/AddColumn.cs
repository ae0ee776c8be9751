namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class AddColumn : IChaosFault
{
    public string Name => "add-column";

    public ChaosPlace Place => ChaosPlace.Tables;

    public Task StrikeAsync(ChaosScene scene) =>
        scene.RunAsync($"ALTER TABLE {scene.Table} ADD COLUMN IF NOT EXISTS extra_{scene.Random.Next(100)} int DEFAULT 7");
}
