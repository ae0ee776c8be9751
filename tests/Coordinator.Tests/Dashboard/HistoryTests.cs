using Coordinator.Contention;
using Coordinator.Dashboard.Charts;
using Coordinator.Dashboard.Detail;

namespace Coordinator.Tests.Dashboard;

public sealed class HistoryTests
{
    [Fact]
    public void The_hour_has_a_point_for_every_slot_and_zeros_where_nothing_happened()
    {
        var slot = new HistorySlot
        {
            At = Contended.Now.AddMinutes(-10),
            ContentionMilliseconds = 1500,
            InsertsHeldMilliseconds = 15_000,
            UpdatesHeldMilliseconds = 45_000,
            Rows = 3000,
            Conflicts = 2
        };
        var series = HistorySeries.Of([slot], Contended.Now.AddSeconds(7));
        Assert.Equal(120, series.At.Count);
        Assert.Equal(Contended.Now.ToUnixTimeMilliseconds(), series.At[^1]);
        Assert.All(series.At.Zip(series.At.Skip(1)), static pair => Assert.Equal(30_000, pair.Second - pair.First));
        var at = series.At.ToList().IndexOf(slot.At.ToUnixTimeMilliseconds());
        Assert.Equal((1.5, 50, 150, 100, 2), (series.ContentionSeconds[at], series.InsertsHeldPercent[at], series.UpdatesHeldPercent[at],
            series.RowsPerSecond[at], series.Conflicts[at]));
        Assert.Equal(1.5, series.ContentionSeconds.Sum());
    }

    [Fact]
    public void The_running_slot_is_as_long_as_it_has_lasted()
    {
        var series = HistorySeries.Of(
            [new HistorySlot { At = Contended.Now, Rows = 1000, InsertsHeldMilliseconds = 5_000 }], Contended.Now.AddSeconds(10));
        Assert.Equal((100, 50), (series.RowsPerSecond[^1], series.InsertsHeldPercent[^1]));
    }

    [Fact]
    public void Five_minutes_are_a_row_the_latest_first()
    {
        HistorySlot[] slots = [Slot(-299, 10, 1), Slot(-10, 20, 2), Slot(0, 5, 4)];
        Assert.Equal([(0, 5, 4), (-5, 20, 3)], HistoryRow.Of(slots)
            .Select(static r => ((int)(r.At - Contended.Now).TotalMinutes, (int)r.ContentionMilliseconds, (int)r.Rows)));
    }

    [Theory]
    [InlineData(new float[0], "")]
    [InlineData(new float[] { 0, 0, 0 }, "M0 22L50 22L100 22")]
    [InlineData(new float[] { 0, 10_000, 5_000 }, "M0 22L50 2L100 12")]
    [InlineData(new float[] { 0, 500 }, "M0 22L100 12")]
    public void A_sparkline_goes_from_zero_to_its_largest_value_or_a_second(float[] values, string path) => Assert.Equal(path, SparkPath.Of(values));

    [Fact]
    public void A_sparkline_is_also_said() =>
        Assert.Equal("Contention in the last hour: at most 4.0 s, now 500 ms", SparkPath.Describe([100, 4000, 500]));

    private static HistorySlot Slot(int second, double contention, long rows) =>
        new() { At = Contended.Now.AddSeconds(second), ContentionMilliseconds = contention, Rows = rows };
}
