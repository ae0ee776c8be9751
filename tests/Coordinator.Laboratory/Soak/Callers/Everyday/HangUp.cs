using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>A caller that goes away before the answer, and half of the time sends the same again under the same id.</summary>
internal sealed class HangUp : IEverydayEvent
{
    private const int MostMilliseconds = 40;

    public string Name => "hang-up";

    public TimeSpan Every => TimeSpan.FromMilliseconds(100);

    public async Task HappenAsync(CallersScene scene, CancellationToken ct)
    {
        var intent = scene.Intent(scene.AnyTable, scene.Log.Rows(3));
        using var hangUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(scene.Random.Next(1, MostMilliseconds)), scene.Clock);
        var answer = await scene.Log.SendAsync(scene.Door, intent, hangUp.Token);
        if (answer == CallAnswer.Unknown && scene.Random.Next(2) == 0) await scene.Log.SendAsync(scene.Door, intent, ct);
    }
}
