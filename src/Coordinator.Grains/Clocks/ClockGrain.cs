using Orleans.Concurrency;

namespace Coordinator.Grains.Clocks;

[StatelessWorker]
internal sealed class ClockGrain(TimeProvider clock) : Grain, IClockGrain
{
    public Task<DateTimeOffset> NowAsync() => Task.FromResult(clock.GetUtcNow());
}
