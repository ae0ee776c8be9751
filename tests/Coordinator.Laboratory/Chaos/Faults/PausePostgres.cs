namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>The server keeps its connections and answers none.</summary>
internal sealed class PausePostgres : IChaosFault
{
    public string Name => "pause-postgres";

    public ChaosPlace Place => ChaosPlace.Warehouse;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public bool StopsWrites => true;

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.Cluster.Postgres.FreezeAsync();
        await scene.LastAsync();
        await scene.Cluster.Postgres.ThawAsync();
    }
}
