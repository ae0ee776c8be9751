using Coordinator.Intents;
using Coordinator.Laboratory.Chaos.Load;

namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>Intents with a row that violates a constraint of the table.</summary>
internal sealed class PoisonRows : IChaosFault
{
    public string Name => "poison-rows";

    public ChaosPlace Place => ChaosPlace.Callers;

    public async Task StrikeAsync(ChaosScene scene)
    {
        var source = "poison" + Guid.NewGuid().ToString("N")[..4];
        var origin = Guid.NewGuid();
        var sequence = 0L;
        await scene.RepeatAsync(TimeSpan.FromMilliseconds(100), async () =>
        {
            var rows = scene.Log.Rows(3).Index().Select(static r => r.Index == 1 ? r.Item with { Note = ChaosRow.Poison } : r.Item).ToList();
            IDoor door = sequence % 2 == 0 ? scene.Http : scene.Sdk;
            await scene.Log.SendAsync(door, new ChaosIntent(new IntentId(origin, sequence++), scene.Table, source, rows), scene.Ct);
        });
    }
}
