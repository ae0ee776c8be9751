using Coordinator.Core.Queueing;
using Coordinator.Grains;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Queueing;

public sealed class TableTicksTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_table_that_asks_is_visited_within_a_tick_and_one_that_does_not_never()
    {
        using var ticks = new TableTicks(_clock);
        var (busy, idle) = (new Table(ticks), new Table(ticks));
        ticks.Ask(busy);
        _clock.Advance(CallTimes.Tick);
        Assert.Equal((1, 0), (busy.Visits, idle.Visits));

        for (var i = 0; i < 10; i++) _clock.Advance(CallTimes.Tick);
        Assert.Equal((1, 0), (busy.Visits, idle.Visits));
    }

    [Fact]
    public void A_table_that_asks_again_at_its_tick_is_visited_at_every_tick_until_it_does_not()
    {
        using var ticks = new TableTicks(_clock);
        var table = new Table(ticks) { AsksFor = 3 };
        ticks.Ask(table);
        for (var i = 1; i <= 4; i++)
        {
            _clock.Advance(CallTimes.Tick);
            Assert.Equal(i, table.Visits);
        }

        _clock.Advance(CallTimes.Tick);
        Assert.Equal(4, table.Visits);
    }

    [Fact]
    public void A_clock_that_has_ended_visits_no_table()
    {
        var ticks = new TableTicks(_clock);
        var table = new Table(ticks);
        ticks.Ask(table);
        ticks.Dispose();
        _clock.Advance(CallTimes.Tick);
        Assert.Equal(0, table.Visits);
    }

    private sealed class Table(TableTicks ticks) : ITicked
    {
        public int Visits { get; private set; }

        public int AsksFor { get; set; }

        public void StartTick()
        {
            Visits++;
            if (AsksFor-- > 0) ticks.Ask(this);
        }
    }
}
