using Coordinator.Intents;
using Coordinator.Laboratory.Chaos.Load;

namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>Intents of a megabyte, through both doors.</summary>
internal sealed class LargeBodies : IChaosFault
{
    private const int RowCount = 2_000;

    private static readonly string Padding = new('x', 500);

    public string Name => "large-bodies";

    public ChaosPlace Place => ChaosPlace.Callers;

    public async Task StrikeAsync(ChaosScene scene)
    {
        var source = "large" + Guid.NewGuid().ToString("N")[..4];
        var origin = Guid.NewGuid();
        var sequence = 0L;
        await scene.RepeatAsync(TimeSpan.FromMilliseconds(300), async () =>
        {
            var rows = scene.Log.Rows(RowCount).Select(static r => r with { Note = r.Note + Padding }).ToList();
            IDoor door = sequence % 2 == 0 ? scene.Http : scene.Sdk;
            await scene.Log.SendAsync(door, new ChaosIntent(new IntentId(origin, sequence++), scene.Table, source, rows), scene.Ct);
        });
    }
}
