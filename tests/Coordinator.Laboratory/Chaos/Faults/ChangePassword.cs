using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>The silos' password is another one for a while, and their sessions end.</summary>
internal sealed class ChangePassword : IChaosFault
{
    public string Name => "change-password";

    public ChaosPlace Place => ChaosPlace.Warehouse;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public bool StopsWrites => true;

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.RunAsync($"ALTER ROLE {LabCluster.Writer} PASSWORD 'another'");
        await scene.Administrator.EndSessionsAsync(scene.Ct);
        await scene.LastAsync();
        await scene.RunAsync($"ALTER ROLE {LabCluster.Writer} PASSWORD '{scene.Cluster.Settings.Password}'");
    }
}
