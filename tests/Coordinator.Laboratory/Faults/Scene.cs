using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Faults;

/// <summary>The target of a fault: the cluster, one random node as the victim, and one unrelated node.</summary>
internal sealed class Scene
{
    private readonly HashSet<SiloNode> _harmed = [];
    private readonly CancellationToken _ct;

    public Scene(LabCluster cluster, Random random, CancellationToken ct)
    {
        (Cluster, _ct) = (cluster, ct);
        var nodes = cluster.Nodes.ToArray();
        random.Shuffle(nodes);
        // A restarted node has no grains, so a fault there would show nothing.
        Victim = nodes.First(node => node.Tables >= cluster.Settings.Tables / (2 * nodes.Length));
        Bystander = nodes.First(node => node != Victim);
    }

    public Scene(LabCluster cluster, SiloNode victim, SiloNode bystander, CancellationToken ct) =>
        (Cluster, Victim, Bystander, _ct) = (cluster, victim, bystander, ct);

    public LabCluster Cluster { get; }

    public SiloNode Victim { get; }

    /// <summary>Another node. When it leaves, Orleans forgets the location of other nodes' grains, which causes duplicate activations.</summary>
    public SiloNode Bystander { get; }

    /// <summary>Longer than any lock lasts.</summary>
    public TimeSpan BeyondTtl => Cluster.Settings.Ttl + TimeSpan.FromSeconds(5);

    /// <summary>The nodes to restart when the fault is over.</summary>
    public IReadOnlyCollection<SiloNode> Harmed => _harmed;

    public void Harm(SiloNode node) => _harmed.Add(node);

    public Task PauseAsync(TimeSpan length) => Task.Delay(length, TimeProvider.System, _ct);

    /// <summary>Stops the bystander gracefully and waits for the others to settle.</summary>
    public async Task StopBystanderAsync()
    {
        Harm(Bystander);
        await Bystander.StopAsync();
        await PauseAsync(TimeSpan.FromSeconds(3));
    }
}
