using Coordinator.Contention;

namespace Coordinator.Dashboard.Live;

/// <summary>Rates per second, from recent counts over several seconds, so that one reading does not make the rate jump.</summary>
public sealed class RateWindow
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    private readonly Queue<Sample> _samples = new();
    private Sample? _last;

    /// <summary>Rows per second; null before two readings.</summary>
    public double? Rows => PerSecond(static c => c.Rows);

    /// <summary>Intents per second; null before two readings.</summary>
    public double? Intents => PerSecond(static c => c.Intents);

    /// <summary>Adds a reading. Ignores one that is not later than the last.</summary>
    public void Add(DateTimeOffset at, in TableCounts counts)
    {
        if (_last is { } last)
        {
            if (at <= last.At) return;
            // A silo left with its counts, so earlier readings are not comparable.
            if (counts.Rows < last.Counts.Rows || counts.Intents < last.Counts.Intents) _samples.Clear();
        }

        _samples.Enqueue(_last = new Sample(at, counts));
        while (_samples.Count > 2 && at - _samples.Peek().At > Length) _samples.Dequeue();
    }

    private double? PerSecond(Func<TableCounts, long> count) =>
        _samples.Count < 2 ? null : (count(_last!.Counts) - count(_samples.Peek().Counts)) / (_last.At - _samples.Peek().At).TotalSeconds;

    private sealed record Sample(DateTimeOffset At, TableCounts Counts);
}
