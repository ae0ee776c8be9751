namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>A column of numbers becomes a column of text. It stays one: every number has a text.</summary>
internal sealed class AlterType : IChaosFault
{
    public string Name => "alter-type";

    public ChaosPlace Place => ChaosPlace.Tables;

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.RunAsync($"ALTER TABLE {scene.Table} ALTER COLUMN code TYPE text USING code::text");
        await scene.LastAsync();
    }
}
