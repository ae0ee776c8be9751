namespace Coordinator.Laboratory.Faults;

internal sealed class CutFromPeers : IFault
{
    public string Name => "cut-from-peers";

    public string Title => "silo cut from its peers, not from memcached and warehouse";

    public async Task StrikeAsync(Scene scene)
    {
        scene.Harm(scene.Victim);
        var others = scene.Cluster.Nodes.Where(node => node != scene.Victim).Select(static node => node.Station.Address).ToList();
        foreach (var other in others) await scene.Victim.Station.MissAsync(other);
        await scene.PauseAsync(TimeSpan.FromSeconds(20));
        foreach (var other in others) await scene.Victim.Station.FindAsync(other);
        await scene.PauseAsync(TimeSpan.FromSeconds(2));
    }
}
