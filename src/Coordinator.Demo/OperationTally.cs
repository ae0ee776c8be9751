using HdrHistogram;

namespace Coordinator.Demo;

/// <summary>Counts the outcomes of one kind of operation. Latency is that of committed ones, from the request to the answer.</summary>
internal sealed class OperationTally
{
    private static readonly long MaxMicroseconds = (long)TimeSpan.FromHours(1).TotalMicroseconds;

    private readonly LongConcurrentHistogram _latency = new(1, MaxMicroseconds, 3);
    private long _committed;
    private long _conflicts;

    public long Committed => Interlocked.Read(ref _committed);

    public long Conflicts => Interlocked.Read(ref _conflicts);

    public void Count(bool committed, TimeSpan latency)
    {
        if (!committed)
        {
            Interlocked.Increment(ref _conflicts);
            return;
        }

        _latency.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, MaxMicroseconds));
        Interlocked.Increment(ref _committed);
    }

    /// <summary>A percentile in milliseconds; 0 if nothing was committed. Read it after the workload has ended.</summary>
    public double Milliseconds(double percentile) => Committed == 0 ? 0 : Math.Round(_latency.GetValueAtPercentile(percentile) / 1000d, 3);
}
