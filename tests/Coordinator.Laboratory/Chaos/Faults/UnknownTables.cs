using Coordinator.Intents;
using Coordinator.Laboratory.Chaos.Load;

namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>Intents for names that are no table.</summary>
internal sealed class UnknownTables : IChaosFault
{
    public string Name => "unknown-tables";

    public ChaosPlace Place => ChaosPlace.Callers;

    public async Task StrikeAsync(ChaosScene scene)
    {
        var source = "unknown" + Guid.NewGuid().ToString("N")[..4];
        var origin = Guid.NewGuid();
        var sequence = 0L;
        await scene.RepeatAsync(TimeSpan.FromMilliseconds(100), () => scene.Log.SendAsync(
            sequence % 2 == 0 ? scene.Http : scene.Sdk,
            new ChaosIntent(new IntentId(origin, sequence++), $"nothing{sequence % 20}", source, scene.Log.Rows(1)), scene.Ct));
    }
}
