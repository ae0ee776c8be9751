using System.Collections.Concurrent;
using Coordinator.Locking;

namespace Coordinator.IntegrationTests.Locking;

[GhettoLocked]
public sealed class TickingGrain : Grain, ITickingGrain
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    /// <summary>Ticks by grain key, for a caller that the lock does not admit.</summary>
    public static ConcurrentDictionary<string, int> Ticks { get; } = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(Period, Period) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task<int> TicksAsync() => Task.FromResult(Ticks.GetValueOrDefault(this.GetPrimaryKeyString()));

    private Task Tick(CancellationToken cancellationToken)
    {
        Ticks.AddOrUpdate(this.GetPrimaryKeyString(), 1, static (_, ticks) => ticks + 1);
        return Task.CompletedTask;
    }
}
