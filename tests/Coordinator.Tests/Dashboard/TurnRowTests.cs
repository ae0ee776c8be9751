using Coordinator.Contention;
using Coordinator.Dashboard.Detail;

namespace Coordinator.Tests.Dashboard;

public sealed class TurnRowTests
{
    [Fact]
    public void Who_waits_comes_first_then_who_holds_then_the_latest_turns()
    {
        var table = Contended.Table() with
        {
            Holders = [new(TurnKind.Shared, "holder", 5_000)],
            Waiters = [new(TurnKind.Insert, "waiter", 3_000, 12)],
            QueueDepth = 12
        };
        var rows = TurnRow.Of(Contended.Detail(
            table) with
        { Turns = [Contended.Turn(TurnKind.Insert, "first", 60, 50), Contended.Turn(TurnKind.Exclusive, "second", 40, 10)] }, 3).ToList();
        Assert.Equal([("waiter", TurnRow.Waits), ("holder", TurnRow.Holds), ("second", "committed")], rows.Select(static r => (r.Source, r.Outcome)));
        Assert.Equal((null, null, 12), (rows[0].From, rows[0].HeldMilliseconds, rows[0].Count));
        Assert.Equal((Contended.Now.AddSeconds(-5), null, 5_000), (rows[1].From, rows[1].To, rows[1].HeldMilliseconds));
        Assert.Equal(30_000, rows[2].HeldMilliseconds);
    }
}
