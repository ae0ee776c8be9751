using Coordinator.Contention;
using Coordinator.Dashboard.Live;

namespace Coordinator.Tests.Dashboard;

public sealed class RateWindowTests
{
    private readonly RateWindow _rates = new();

    [Fact]
    public void One_reading_gives_no_rate()
    {
        Add(0, 1000);
        Assert.Null(_rates.Rows);
        Assert.Null(_rates.Intents);
    }

    [Fact]
    public void Rates_are_of_the_last_seconds()
    {
        for (var second = 0; second <= 10; second++) Add(second, second * 100);
        Assert.Equal(100, _rates.Rows);
        for (var second = 11; second <= 16; second++) Add(second, 1000);
        Assert.Equal(0, _rates.Rows);
    }

    [Fact]
    public void The_same_reading_again_changes_nothing()
    {
        Add(0, 0);
        Add(1, 100);
        Add(1, 100);
        Assert.Equal(100, _rates.Rows);
    }

    [Fact]
    public void Two_readings_far_apart_still_give_a_rate()
    {
        Add(0, 0);
        Add(60, 600);
        Assert.Equal(10, _rates.Rows);
    }

    [Fact]
    public void When_a_silo_left_with_its_counts_the_rate_is_not_known_until_the_next_reading()
    {
        Add(0, 1000);
        Add(1, 400);
        Assert.Null(_rates.Rows);
        Add(2, 450);
        Assert.Equal(50, _rates.Rows);
    }

    [Fact]
    public void Tables_that_are_shown_no_more_are_forgotten()
    {
        var rates = new Rates();
        rates.Add(Contended.Overview(Contended.Table("a") with { Counts = new TableCounts { Rows = 0 } }));
        rates.Add(Contended.Overview(Contended.Table("a") with { Counts = new TableCounts { Rows = 50 } }) with { At = Contended.Now.AddSeconds(1) });
        Assert.Equal(50, rates.Of(Contended.Table("a").Table).Rows);
        rates.Add(Contended.Overview() with { At = Contended.Now.AddSeconds(2) });
        Assert.Null(rates.Of(Contended.Table("a").Table).Rows);
    }

    private void Add(int second, long rows) => _rates.Add(Contended.Now.AddSeconds(second), new TableCounts { Rows = rows, Intents = rows / 10 });
}
