namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>The disk of one table is full for a while.</summary>
internal sealed class FillDisk : IChaosFault
{
    public string Name => "fill-disk";

    public ChaosPlace Place => ChaosPlace.Warehouse;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public async Task StrikeAsync(ChaosScene scene)
    {
        scene.Disk.Fill();
        await scene.LastAsync();
        scene.Disk.Release();
    }
}
