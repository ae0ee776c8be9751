namespace Coordinator.Simulation.Leases;

/// <summary>An owner's monotonic clock, which runs at a rate of its own.</summary>
internal sealed class DriftingClock(World world, double rate) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (long)(world.Now * rate);

    /// <summary>How long a wait by this clock truly takes.</summary>
    public TimeSpan ToTrue(TimeSpan delay) => TimeSpan.FromTicks((long)Math.Ceiling(delay.Ticks / rate) + 1);
}
