using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests;

/// <summary>A clock that the test drives, and that counts the timers made on it: a new one shows that the code under test waits again.</summary>
internal sealed class CountingClock : FakeTimeProvider
{
    private int _timers;

    public CountingClock()
    {
    }

    public CountingClock(DateTimeOffset start)
        : base(start)
    {
    }

    public int Timers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        return timer;
    }
}
