namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>Packets between silos and PostgreSQL are dropped without a word.</summary>
internal sealed class PostgresHole : IChaosFault
{
    public string Name => "postgres-hole";

    public ChaosPlace Place => ChaosPlace.Warehouse;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public bool StopsWrites => true;

    public async Task StrikeAsync(ChaosScene scene)
    {
        foreach (var node in scene.Cluster.Nodes) await node.Station.DropAsync(scene.Cluster.Postgres.Port);
        await scene.LastAsync();
        foreach (var node in scene.Cluster.Nodes) await node.Station.PassAsync(scene.Cluster.Postgres.Port);
    }
}
