namespace Coordinator.Core.Contention;

/// <summary>A moment on both clocks, read once for all that is noted of it.</summary>
/// <param name="Timestamp">On the monotonic clock, which durations are taken from.</param>
/// <param name="Utc">On the wall.</param>
internal readonly record struct Moment(long Timestamp, DateTimeOffset Utc)
{
    public static Moment Of(TimeProvider clock) => new(clock.GetTimestamp(), clock.GetUtcNow());
}
