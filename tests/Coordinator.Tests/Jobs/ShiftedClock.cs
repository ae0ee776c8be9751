namespace Coordinator.Tests.Jobs;

/// <summary>A clock whose time of day someone sets; its timers are those of another clock.</summary>
internal sealed class ShiftedClock(TimeProvider inner) : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
