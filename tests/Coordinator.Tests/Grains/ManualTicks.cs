using System.Collections.Concurrent;
using Coordinator.Grains;

namespace Coordinator.Tests.Grains;

/// <summary>The system's clock, whose timers with the period of the tables' tick fire when the test says so, and which the test may set
/// forward.</summary>
internal sealed class ManualTicks : TimeProvider
{
    private readonly ConcurrentBag<(TimerCallback Callback, object? State)> _ticks = [];
    private long _ahead;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != CallTimes.Tick) return base.CreateTimer(callback, state, dueTime, period);
        _ticks.Add((callback, state));
        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the clock forward.</summary>
    public void SetForward(TimeSpan time) => Interlocked.Add(ref _ahead, (long)(time.TotalSeconds * TimestampFrequency));

    /// <summary>One tick.</summary>
    public void Tick()
    {
        foreach (var (callback, state) in _ticks) callback(state);
    }
}
