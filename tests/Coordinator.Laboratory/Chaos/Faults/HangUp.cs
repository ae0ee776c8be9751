using Coordinator.Intents;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>HTTP callers that disconnect before the answer, and send the same again under the same key, or do not.</summary>
internal sealed class HangUp : IChaosFault
{
    public string Name => "hang-up";

    public ChaosPlace Place => ChaosPlace.Callers;

    public async Task StrikeAsync(ChaosScene scene)
    {
        var source = "hang-up" + Guid.NewGuid().ToString("N")[..4];
        var origin = Guid.NewGuid();
        var sequence = 0L;
        await scene.RepeatAsync(TimeSpan.FromMilliseconds(50), async () =>
        {
            var intent = new ChaosIntent(new IntentId(origin, sequence++), scene.Table, source, scene.Log.Rows(3));
            using var hangUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(scene.Random.Next(2, 120)), scene.Clock);
            var answer = await scene.Log.SendAsync(scene.Http, intent, hangUp.Token);
            if (answer == CallAnswer.Unknown && scene.Random.Next(2) == 0) await scene.Log.SendAsync(scene.Http, intent, scene.Ct);
        });
    }
}
