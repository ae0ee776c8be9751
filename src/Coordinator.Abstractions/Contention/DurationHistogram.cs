namespace Coordinator.Contention;

/// <summary>Durations, counted in buckets whose upper bounds are <see cref="UpperMilliseconds"/> and, for the last, infinity.</summary>
/// <param name="Counts">One more than there are bounds; empty if nothing was counted.</param>
/// <param name="SumMilliseconds">The sum of all durations.</param>
[GenerateSerializer, Immutable, Alias("coordinator.DurationHistogram")]
public sealed record DurationHistogram([property: Id(0)] long[] Counts, [property: Id(1)] double SumMilliseconds)
{
    /// <summary>The buckets' upper bounds, inclusive.</summary>
    public static readonly IReadOnlyList<double> UpperMilliseconds =
        [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000, 120_000, 300_000, 600_000, 3_600_000];

    /// <summary>A histogram without durations.</summary>
    public static readonly DurationHistogram Empty = new([], 0);

    /// <summary>The number of durations.</summary>
    public long Count => Counts.Sum();

    /// <summary>The upper bound, in milliseconds, of the bucket that contains the <paramref name="quantile"/>; 0 if nothing was counted,
    /// infinity past the last bound.</summary>
    public double Quantile(double quantile)
    {
        var rank = (long)Math.Ceiling(Count * quantile);
        for (var i = 0; i < Counts.Length; i++)
        {
            rank -= Counts[i];
            if (rank <= 0 && Count > 0) return i < UpperMilliseconds.Count ? UpperMilliseconds[i] : double.PositiveInfinity;
        }

        return 0;
    }

    /// <summary>The sum of two histograms.</summary>
    public DurationHistogram Plus(DurationHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Counts.Length == 0) return other;
        if (other.Counts.Length == 0) return this;
        return new([.. Counts.Zip(other.Counts, static (a, b) => a + b)], SumMilliseconds + other.SumMilliseconds);
    }
}
