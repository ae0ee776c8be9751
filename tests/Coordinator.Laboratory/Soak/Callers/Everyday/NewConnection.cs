using Coordinator.Laboratory.Chaos.Load;

namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>An HTTP caller with a connection of its own that goes away after a few calls.</summary>
internal sealed class NewConnection : IEverydayEvent
{
    private const int Calls = 3;

    public string Name => "new-connection";

    public TimeSpan Every => TimeSpan.FromMilliseconds(500);

    public async Task HappenAsync(CallersScene scene, CancellationToken ct)
    {
        using var door = new HttpDoor(() => scene.Settings.ClientHost);
        for (var i = 0; i < Calls; i++) await scene.Log.SendAsync(door, scene.Intent(scene.AnyTable, scene.Log.Rows(2)), ct);
    }
}
