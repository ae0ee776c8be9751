using Coordinator.Contention;
using Coordinator.Dashboard.Words;

namespace Coordinator.Tests.Dashboard;

public sealed class HeadlineTests
{
    [Fact]
    public void It_names_who_holds_and_who_waits()
    {
        var table = Contended.Table() with
        {
            Holders = [new(TurnKind.Exclusive, "nightly", 42_000, "id")],
            Waiters = [new(TurnKind.Insert, "ingest", 38_000, 12), new(TurnKind.Shared, "report", 30_000, 1, "id2")],
            QueueDepth = 16,
            OldestWaitMilliseconds = 38_000,
        };
        Assert.Equal(
            "nightly, update (writes) has held it for 42 s; 12 inserts of ingest, report, update (reads) and 3 more wait, the oldest for 38 s.",
            Headline.Of(table));
    }

    [Fact]
    public void It_says_that_no_write_holds_or_waits() => Assert.Equal("No write has the turn; none waits.", Headline.Of(Contended.Table()));

    [Fact]
    public void It_counts_those_who_wait_where_their_names_are_not_known() =>
        Assert.Equal("No write has the turn; 1 waits, the oldest for 1.0 s.",
            Headline.Of(Contended.Table() with { QueueDepth = 1, OldestWaitMilliseconds = 1000 }));

    [Fact]
    public void Updates_that_read_beside_each_other_hold_it_together()
    {
        TurnHolder[] holders = [new(TurnKind.Shared, "a", 1000), new(TurnKind.Shared, "", 5000), new(TurnKind.Shared, "c", 2000)];
        Assert.Equal("a, update (reads), (no name), update (reads) and 1 more have held it for 5.0 s; none waits.",
            Headline.Of(Contended.Table() with { Holders = holders }));
    }
}
