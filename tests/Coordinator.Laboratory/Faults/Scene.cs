using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Faults;

/// <summary>Where a fault strikes: the cluster, one node drawn as the victim, and one that has nothing to do with it.</summary>
internal sealed class Scene
{
    private readonly HashSet<SiloNode> _harmed = [];
    private readonly CancellationToken _ct;

    public Scene(LabCluster cluster, Random random, CancellationToken ct)
    {
        Cluster = cluster;
        _ct = ct;
        var nodes = cluster.Nodes.ToArray();
        random.Shuffle(nodes);
        // After a restart a node is empty, and to strike it would show nothing.
        Victim = nodes.First(node => node.Tables >= cluster.Settings.Tables / (2 * nodes.Length));
        Bystander = nodes.First(node => node != Victim);
    }

    public LabCluster Cluster { get; }

    public SiloNode Victim { get; }

    /// <summary>Another node, whose departure makes Orleans forget where others' grains are: what brings duplicates about.</summary>
    public SiloNode Bystander { get; }

    /// <summary>Longer than any lock lives.</summary>
    public TimeSpan BeyondTtl => Cluster.Settings.Ttl + TimeSpan.FromSeconds(5);

    /// <summary>The nodes that are started anew when the fault is over.</summary>
    public IReadOnlyCollection<SiloNode> Harmed => _harmed;

    public void Harm(SiloNode node) => _harmed.Add(node);

    public Task PauseAsync(TimeSpan length) => Task.Delay(length, TimeProvider.System, _ct);

    /// <summary>Stops the bystander gracefully and lets the others find their way.</summary>
    public async Task StopBystanderAsync()
    {
        Harm(Bystander);
        await Bystander.StopAsync();
        await PauseAsync(TimeSpan.FromSeconds(3));
    }
}
