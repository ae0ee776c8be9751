using System.Diagnostics;
using HdrHistogram;

namespace Coordinator.Benchmarks.Ingest;

/// <summary>Callers that each send the next write when the last one is acknowledged.</summary>
internal static class Load
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);
    private static readonly long LongestMicroseconds = (long)TimeSpan.FromMinutes(10).TotalMicroseconds;

    /// <summary>Runs <paramref name="writer"/> (caller number, first row number) in every caller at once, during the warm-up and the measured
    /// time.</summary>
    public static async Task<PhaseResult> RunAsync(
        Phase phase, int callers, int rowsPerWrite, TimeSpan duration, Func<int, long, CancellationToken, Task> writer, CancellationToken ct)
    {
        var latency = new LongConcurrentHistogram(1, LongestMicroseconds, 3);
        long number = 0, measured = 0, acknowledged = 0;
        var started = Stopwatch.GetTimestamp();
        var measureFrom = started + Ticks(WarmUp);
        var measureTo = measureFrom + Ticks(duration);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller), ct)));
        return new PhaseResult(
            phase, callers, measured, measured * rowsPerWrite, duration.TotalSeconds,
            latency.GetValueAtPercentile(50) / 1000.0, latency.GetValueAtPercentile(99) / 1000.0, acknowledged * rowsPerWrite);

        async Task CallAsync(int caller)
        {
            for (var sent = Stopwatch.GetTimestamp(); sent < measureTo; sent = Stopwatch.GetTimestamp())
            {
                await writer(caller, Interlocked.Add(ref number, rowsPerWrite) - rowsPerWrite, ct);
                var answered = Stopwatch.GetTimestamp();
                Interlocked.Increment(ref acknowledged);
                if (answered < measureFrom || answered >= measureTo) continue;
                Interlocked.Increment(ref measured);
                latency.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(sent, answered).TotalMicroseconds));
            }
        }
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
