using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>A program with the SDK that connects, writes a little and ends.</summary>
internal sealed class NewClient : IEverydayEvent
{
    private const int Calls = 5;

    public string Name => "new-client";

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task HappenAsync(CallersScene scene, CancellationToken ct)
    {
        var host = await LabClient.ConnectAsync(scene.Settings.Clients);
        await using var _ = ((IAsyncDisposable)host).ConfigureAwait(false);
        var door = new SdkDoor(host.Coordinator());
        for (var i = 0; i < Calls; i++) await scene.Log.SendAsync(door, scene.Intent(scene.AnyTable, scene.Log.Rows(2)), ct);
        await host.StopAsync(ct);
    }
}
