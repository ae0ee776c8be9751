namespace Coordinator.Core.Queueing;

/// <summary>When the next insert turn may begin, for a warehouse with expensive commits: some time after the last one ended, longer if that one
/// was slow. The first insert of an idle table does not wait.</summary>
internal sealed class FlushPace(WriteQueueOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private long _dueAt;

    public bool IsDue => clock.GetTimestamp() >= _dueAt;

    /// <summary>How long until the next turn may begin.</summary>
    public TimeSpan Left => IsDue ? TimeSpan.Zero : clock.GetElapsedTime(clock.GetTimestamp(), _dueAt);

    /// <summary>A turn has ended. The next one waits for twice the duration of a slow turn, up to half a minute.</summary>
    public void OnTurnEnded(long startedAt)
    {
        var now = clock.GetTimestamp();
        var twice = 2 * clock.GetElapsedTime(startedAt, now);
        var adapted = twice < Longest ? twice : Longest;
        var interval = adapted > options.FlushInterval ? adapted : options.FlushInterval;
        _dueAt = now + (long)(interval.TotalSeconds * clock.TimestampFrequency);
    }
}
