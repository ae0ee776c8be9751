namespace Coordinator.Core.Queueing;

/// <summary>Timestamps of a clock.</summary>
internal static class ClockExtensions
{
    /// <summary>The timestamp that comes a time after another one.</summary>
    public static long After(this TimeProvider clock, long timestamp, TimeSpan time) =>
        timestamp + (long)(time.TotalSeconds * clock.TimestampFrequency);
}
