namespace Coordinator.Simulation.Trends;

/// <summary>Whether a figure grew during a run. The first quarter of the samples is warm-up; the median of the second is compared with that of
/// the last, so that neither a saw's teeth nor single peaks count. Pure: no I/O, no clock.</summary>
/// <param name="Samples">The number of samples.</param>
/// <param name="Second">The median of the second quarter.</param>
/// <param name="Third">The median of the third quarter.</param>
/// <param name="Last">The median of the last quarter.</param>
/// <param name="Allowed">How much larger the last may be than the second.</param>
internal sealed record Trend(int Samples, double Second, double Third, double Last, double Allowed)
{
    /// <summary>The smallest number of samples that are judged. Fewer are no proof, so they are not flat.</summary>
    public const int Fewest = 4 * Quarters;

    private const int Quarters = 4;

    public double Growth => Last - Second;

    public bool IsFlat => Samples >= Fewest && Growth <= Allowed;

    /// <param name="samples">In the order of time, at equal distances.</param>
    /// <param name="tolerance">How much growth is flat.</param>
    public static Trend Of(IReadOnlyList<double> samples, Tolerance tolerance)
    {
        var second = Median(samples, 1);
        return new Trend(samples.Count, second, Median(samples, 2), Median(samples, Quarters - 1), tolerance.Of(second));
    }

    private static double Median(IReadOnlyList<double> samples, int quarter)
    {
        var sorted = samples.Take((samples.Count * quarter / Quarters)..(samples.Count * (quarter + 1) / Quarters)).Order().ToList();
        if (sorted.Count == 0) return 0;
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
