namespace Coordinator.Laboratory.Faults;

internal sealed class RollingRestart : IFault
{
    public string Name => "rolling-restart";

    public string Title => "rolling restart of every silo";

    public async Task StrikeAsync(Scene scene)
    {
        foreach (var node in scene.Cluster.Nodes) await node.RestartAsync();
    }
}
