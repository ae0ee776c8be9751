using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>A mutable <see cref="DurationHistogram"/>. Not thread-safe.</summary>
internal struct DurationCounter
{
    private static readonly double[] Upper = [.. DurationHistogram.UpperMilliseconds];

    // From the shortest counted duration to the longest: a quiet table has few.
    private long[]? _counts;
    private int _first;
    private double _sum;

    public void Add(double milliseconds)
    {
        var bucket = 0;
        while (bucket < Upper.Length && milliseconds > Upper[bucket]) bucket++;
        if (_counts is null || bucket < _first || bucket >= _first + _counts.Length) Widen(bucket);
        _counts![bucket - _first]++;
        _sum += milliseconds;
    }

    public readonly DurationHistogram Read()
    {
        if (_counts is null) return DurationHistogram.Empty;
        var all = new long[Upper.Length + 1];
        _counts.CopyTo(all, _first);
        return new DurationHistogram(all, _sum);
    }

    private void Widen(int bucket)
    {
        var first = _counts is null ? bucket : Math.Min(bucket, _first);
        var end = _counts is null ? bucket + 1 : Math.Max(bucket + 1, _first + _counts.Length);
        var wider = new long[end - first];
        _counts?.CopyTo(wider, _first - first);
        (_counts, _first) = (wider, first);
    }
}
