namespace Coordinator.Simulation.Reservations;

/// <summary>A process's clock, at its own rate. Its timers fire in the process, so not during a pause and never after a crash.</summary>
internal sealed class ProcessClock(World world, Process process, double rate) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (long)(world.Now * rate);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ProcessClock clock, TimerCallback callback, object? state) : ITimer
    {
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime != Timeout.InfiniteTimeSpan) Plan(dueTime, period, version);
            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Plan(TimeSpan dueTime, TimeSpan period, int version) => clock.At(dueTime, () =>
        {
            if (version != _version) return;
            callback(state);
            if (version == _version && period != Timeout.InfiniteTimeSpan) Plan(period, period, version);
        });
    }

    private void At(TimeSpan delay, Action act) =>
        world.After(TimeSpan.FromTicks((long)Math.Ceiling(delay.Ticks / rate) + 1), () => process.Run(act));
}
