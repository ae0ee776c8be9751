using Coordinator.Grains;

namespace Coordinator.Tests.Grains;

/// <summary>The system's clock without the tick of the table grains: what is ready must not wait for it.</summary>
internal sealed class ClockWithoutTicks : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => period == CallTimes.Tick
        ? base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
        : base.CreateTimer(callback, state, dueTime, period);
}
