using Coordinator.Simulation.Trends;

namespace Coordinator.Tests.Trends;

public sealed class TrendTests
{
    private const int Samples = 360;

    private static readonly Tolerance Memory = new(Share: 0.1, Amount: 32);

    [Fact]
    public void A_constant_figure_is_flat() => Assert.True(Of(Memory, static _ => 200).IsFlat);

    [Fact]
    public void A_leak_is_caught()
    {
        // 100 MB more in the whole run: 50 from the middle of the second quarter to the middle of the last.
        var trend = Of(Memory, static i => 200 + (100.0 * i / Samples));
        Assert.False(trend.IsFlat);
        Assert.InRange(trend.Growth, 49, 51);
    }

    [Fact]
    public void A_leak_below_the_teeth_of_a_saw_is_caught() =>
        Assert.False(Of(Memory, static i => 200 + (100.0 * i / Samples) + (80 * (i % 30) / 30)).IsFlat);

    [Fact]
    public void A_saw_without_a_trend_is_flat() => Assert.True(Of(Memory, static i => 200 + (150 * (i % 40) / 40)).IsFlat);

    [Fact]
    public void Growth_in_the_first_quarter_is_warm_up() =>
        Assert.True(Of(Memory, static i => 200 + (300.0 * Math.Min(i, Samples / 4) / (Samples / 4))).IsFlat);

    [Fact]
    public void Single_peaks_do_not_count() => Assert.True(Of(Memory, static i => i > Samples * 3 / 4 && i % 3 == 0 ? 5_000 : 200).IsFlat);

    [Fact]
    public void A_figure_that_falls_is_flat() => Assert.True(Of(Memory, static i => 500 - i).IsFlat);

    [Fact]
    public void One_descriptor_more_a_minute_is_caught() =>
        Assert.False(Of(new Tolerance(Share: 0.1, Amount: 5), static i => 60 + (i / 12)).IsFlat);

    [Fact]
    public void A_share_or_an_amount_is_allowed_the_larger_of_them()
    {
        Assert.Equal(32, Of(Memory, static _ => 200).Allowed);
        Assert.Equal(50, Of(Memory, static _ => 500).Allowed);
    }

    [Fact]
    public void Few_samples_prove_nothing() => Assert.False(Trend.Of([.. Enumerable.Repeat(1.0, Trend.Fewest - 1)], Memory).IsFlat);

    [Fact]
    public void Nothing_proves_nothing() => Assert.False(Trend.Of([], Memory).IsFlat);

    private static Trend Of(Tolerance tolerance, Func<int, double> value) =>
        Trend.Of([.. Enumerable.Range(0, Samples).Select(value)], tolerance);
}
