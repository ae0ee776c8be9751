namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>The server ends as in a crash, and comes back.</summary>
internal sealed class RestartPostgres : IChaosFault
{
    public string Name => "restart-postgres";

    public ChaosPlace Place => ChaosPlace.Warehouse;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public bool StopsWrites => true;

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.Cluster.Postgres.StopAsync();
        await scene.LastAsync();
        await scene.Cluster.Postgres.RestartAsync();
    }
}
