using Coordinator.Laboratory.Chaos.Load;

namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>A row that violates a constraint.</summary>
internal sealed class Rejection : IEverydayEvent
{
    public string Name => "rejection";

    public TimeSpan Every => TimeSpan.FromMilliseconds(200);

    public Task HappenAsync(CallersScene scene, CancellationToken ct)
    {
        var rows = scene.Log.Rows(3).Index().Select(static r => r.Index == 1 ? r.Item with { Note = ChaosRow.Poison } : r.Item).ToList();
        return scene.Log.SendAsync(scene.Door, scene.Intent(scene.AnyTable, rows), ct);
    }
}
