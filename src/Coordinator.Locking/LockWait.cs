namespace Coordinator.Locking;

/// <summary>How long the call that runs here waited for its activation's lock: time that its wait for a turn no longer has
/// (<see cref="Grains.CallTimes.LongPoll"/>).</summary>
public static class LockWait
{
    private static readonly AsyncLocal<object?> Waited = new();

    /// <summary>Zero for a call that met a lock that was held.</summary>
    public static TimeSpan OfThisCall => Waited.Value is TimeSpan waited ? waited : TimeSpan.Zero;

    internal static void Set(TimeSpan waited) => Waited.Value = waited;
}
