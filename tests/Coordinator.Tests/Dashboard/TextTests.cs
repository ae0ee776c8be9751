using Coordinator.Dashboard.Words;

namespace Coordinator.Tests.Dashboard;

public sealed class TextTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.4, "0 ms")]
    [InlineData(350.4, "350 ms")]
    [InlineData(999.6, "1.0 s")]
    [InlineData(4_200, "4.2 s")]
    [InlineData(9_960, "10 s")]
    [InlineData(59_400, "59 s")]
    [InlineData(59_600, "1 min")]
    [InlineData(125_000, "2 min 5 s")]
    [InlineData(3_599_700, "1 h")]
    [InlineData(3_780_000, "1 h 3 min")]
    [InlineData(double.PositiveInfinity, "over 1 h")]
    public void A_duration_has_the_unit_that_one_would_say(double milliseconds, string text) => Assert.Equal(text, Text.Duration(milliseconds));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(9_999, "9,999")]
    [InlineData(12_345, "12.3 k")]
    [InlineData(999_960, "1.0 M")]
    [InlineData(4_500_000, "4.5 M")]
    [InlineData(2_000_000_000, "2.0 G")]
    public void A_count_is_short(double count, string text) => Assert.Equal(text, Text.Count(count));

    [Fact]
    public void A_rate_that_is_not_known_is_no_zero()
    {
        Assert.Equal(Text.None, Text.Rate(null));
        Assert.Equal("0", Text.Rate(0));
        Assert.Equal("0.2", Text.Rate(0.2));
        Assert.Equal("120", Text.Rate(120.4));
    }

    [Fact]
    public void A_moment_of_another_day_says_which()
    {
        Assert.Equal("11:59:59", Text.Moment(Contended.Now.AddSeconds(-1), Contended.Now));
        Assert.Equal("2026-06-30 12:00:00", Text.Moment(Contended.Now.AddDays(-1), Contended.Now));
    }
}
