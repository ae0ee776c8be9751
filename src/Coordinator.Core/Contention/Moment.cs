namespace Coordinator.Core.Contention;

/// <summary>A moment on both clocks, read once for all records of an event.</summary>
/// <param name="Timestamp">On the monotonic clock, for durations.</param>
/// <param name="Utc">On the wall clock.</param>
/// <param name="Frequency">The ticks per second of the monotonic clock.</param>
internal readonly record struct Moment(long Timestamp, DateTimeOffset Utc, long Frequency)
{
    public static Moment Of(TimeProvider clock) => new(clock.GetTimestamp(), clock.GetUtcNow(), clock.TimestampFrequency);

    /// <summary>The milliseconds from a timestamp to this moment; 0 if it is later.</summary>
    public double Since(long timestamp) => Between(timestamp, Timestamp);

    /// <summary>The milliseconds from one timestamp to another; 0 if the other is earlier.</summary>
    public double Between(long from, long to) => to <= from ? 0 : (to - from) * 1_000d / Frequency;
}
