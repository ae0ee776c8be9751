namespace Coordinator.Simulation.Leases;

/// <summary>An owner's monotonic clock, which runs at its own rate.</summary>
internal sealed class DriftingClock(World world, double rate) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (long)(world.Now * rate);

    /// <summary>The true length of a wait by this clock.</summary>
    public TimeSpan ToTrue(TimeSpan delay) => TimeSpan.FromTicks((long)Math.Ceiling(delay.Ticks / rate) + 1);
}
