using Coordinator.Contention;
using Coordinator.Dashboard.Charts;
using Coordinator.Tables;

namespace Coordinator.Tests.Dashboard;

public sealed class WaitGraphTests
{
    [Fact]
    public void Arrows_lead_from_who_waits_over_the_table_to_who_holds_it()
    {
        var graph = WaitGraph.Of([Edge("events", "1", isHeld: true), Edge("events", "2", isHeld: false)]);
        Assert.Equal([("table public.events", "update 1", false), ("update 2", "table public.events", true)],
            graph.Edges.Select(static e => (e.From, e.To, e.IsWait)));
        Assert.Equal([("update 2", 0), ("table public.events", 1), ("update 1", 2)], graph.Nodes.OrderBy(static n => n.X)
            .Select(static n => (n.Key, n.X)));
    }

    [Fact]
    public void A_chain_goes_to_the_right_all_along()
    {
        // 3 waits for b, which 2 holds, who waits for a, which 1 holds.
        var graph = WaitGraph.Of([Edge("a", "1", true), Edge("a", "2", false), Edge("b", "2", true), Edge("b", "3", false)]);
        Assert.Equal("3 b 2 a 1", string.Join(' ', graph.Nodes.OrderBy(static n => n.X).Select(static n => n.Key[^1])));
        Assert.Equal(5, graph.Columns);
        Assert.Equal(1, graph.Rows);
    }

    [Fact]
    public void Nodes_of_a_column_lie_apart_around_its_middle()
    {
        var graph = WaitGraph.Of([Edge("a", "1", true), Edge("a", "2", false), Edge("a", "3", false), Edge("a", "4", false)]);
        Assert.Equal([-1, 0, 1], graph.Nodes.Where(static n => n.X == 0).Select(static n => n.Y).Order());
        Assert.Equal(3, graph.Rows);
    }

    [Fact]
    public void The_tables_inserts_are_shown_too()
    {
        var table = Contended.Table() with
        {
            Waiters =
            [new(TurnKind.Insert, "w1", 5_000, 12), new(TurnKind.Insert, "w2", 9_000, 3), new(TurnKind.Shared, "report", 100, 1, "7")],
            QueueDepth = 16
        };
        var graph = WaitGraph.Of([Edge("events", "1", isHeld: true)], table);
        var inserts = Assert.Single(graph.Nodes, static n => n.Kind == "inserts");
        Assert.Equal("15 inserts", inserts.Name);
        Assert.Contains(graph.Edges, e => e.From == inserts.Key && e.To == "table public.events" && e.IsWait && e.Text == "9.0 s");
    }

    [Fact]
    public void A_circle_that_figures_of_different_moments_show_is_drawn_nevertheless()
    {
        var graph = WaitGraph.Of([Edge("a", "1", true), Edge("b", "1", false), Edge("b", "2", true), Edge("a", "2", false)]);
        Assert.Equal(4, graph.Nodes.Count);
        Assert.Equal(4, graph.Nodes.Select(static n => (n.X, n.Y)).Distinct().Count());
    }

    [Fact]
    public void Nothing_is_drawn_of_nothing() => Assert.Empty(WaitGraph.Of([], Contended.Table()).Nodes);

    private static WaitEdge Edge(string table, string id, bool isHeld) =>
        new(TableName.Parse(table), id, "job" + id, IsExclusive: true, isHeld, 1000);
}
