using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>A name that is no table, and that was not used before.</summary>
internal sealed class UnknownTable : IEverydayEvent
{
    public string Name => "unknown-table";

    public TimeSpan Every => TimeSpan.FromMilliseconds(15);

    public async Task HappenAsync(CallersScene scene, CancellationToken ct)
    {
        var answer = await scene.Log.SendAsync(scene.Door, scene.Intent($"no_table_{scene.Count}", scene.Log.Rows(1)), ct);
        if (answer != CallAnswer.Rejected) scene.Files.Trouble($"{Name}: answered {answer}");
    }
}
