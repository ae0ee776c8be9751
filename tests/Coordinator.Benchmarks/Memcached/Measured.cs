using System.Diagnostics;
using HdrHistogram;

namespace Coordinator.Benchmarks.Memcached;

/// <summary>One line of the report.</summary>
internal sealed record Measured(double PerSecond, double BytesPerOperation, double P50Microseconds, double P99Microseconds)
{
    /// <param name="latencies">One value per operation, in ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="elapsed">How long the clock ran.</param>
    /// <param name="allocatedBytes">What the whole process allocated during that time.</param>
    public static Measured Of(LongHistogram latencies, TimeSpan elapsed, long allocatedBytes) => new(
        latencies.TotalCount / elapsed.TotalSeconds,
        (double)allocatedBytes / latencies.TotalCount,
        Microseconds(latencies.GetValueAtPercentile(50)),
        Microseconds(latencies.GetValueAtPercentile(99)));

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
