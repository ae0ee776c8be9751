namespace Coordinator.Grains;

/// <summary>
/// The time that a call's own caller has left, where that is less than <see cref="CallTimes.Attempt"/>. It travels with the call, so that a silo
/// that cannot get
/// the activation's lock says so while the caller still listens.
/// </summary>
public static class CallerTime
{
    private const string Key = "coordinator.caller-time";

    /// <summary>With less left no attempt has a fair chance to be answered.</summary>
    public static readonly TimeSpan Least = CallTimes.Travel / 2;

    /// <summary>How long a silo may let this call wait for a lock: at most <see cref="CallTimes.LongPoll"/>.</summary>
    public static TimeSpan MaxWait =>
        RequestContext.Get(Key) is long ticks && TimeSpan.FromTicks(ticks) is var asked && asked < CallTimes.LongPoll ? asked : CallTimes.LongPoll;

    /// <summary>Says with the calls that follow in this asynchronous flow how long their caller waits. Call it in a method that is
    /// <see langword="async"/>: it ends with that. There is no need for it with <see cref="CallTimes.Attempt"/> or more.</summary>
    /// <param name="left">What the caller has left.</param>
    public static void Announce(TimeSpan left)
    {
        var travel = left / 2 < Least ? left / 2 : Least;
        RequestContext.Set(Key, left > TimeSpan.Zero ? (left - travel).Ticks : 0L);
    }

    /// <summary>For a grain that goes on by itself: its caller's time is not the time of the calls that it makes.</summary>
    public static void Forget() => RequestContext.Remove(Key);
}
