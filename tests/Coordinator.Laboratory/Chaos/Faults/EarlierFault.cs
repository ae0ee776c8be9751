using Coordinator.Laboratory.Faults;

namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>A fault of the duplicate laboratory, among others. Silos that it ends are started again at once.</summary>
internal sealed class EarlierFault(IFault fault, TimeSpan length) : IChaosFault
{
    public string Name => fault.Name;

    public ChaosPlace Place => ChaosPlace.EverySilo;

    public TimeSpan Shortest => length;

    public TimeSpan Longest => length;

    public async Task StrikeAsync(ChaosScene scene)
    {
        var bystander = scene.Cluster.Nodes.First(node => node != scene.Silo);
        await fault.StrikeAsync(new Scene(scene.Cluster, scene.Silo, bystander, scene.Ct));
        await scene.Keeper.AllUpAsync(scene.Ct);
    }
}
