using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>A mutable <see cref="DurationHistogram"/>. Not thread-safe.</summary>
internal sealed class DurationCounter
{
    private static readonly double[] Upper = [.. DurationHistogram.UpperMilliseconds];

    private long[]? _counts;
    private double _sum;

    public void Add(double milliseconds)
    {
        var bucket = 0;
        while (bucket < Upper.Length && milliseconds > Upper[bucket]) bucket++;
        (_counts ??= new long[Upper.Length + 1])[bucket]++;
        _sum += milliseconds;
    }

    public DurationHistogram Read() => _counts is null ? DurationHistogram.Empty : new DurationHistogram([.. _counts], _sum);
}
