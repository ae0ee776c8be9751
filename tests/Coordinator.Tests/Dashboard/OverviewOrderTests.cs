using Coordinator.Contention;
using Coordinator.Dashboard.Live;
using Coordinator.Dashboard.Overview;

namespace Coordinator.Tests.Dashboard;

public sealed class OverviewOrderTests
{
    private static readonly TableContention[] Tables =
    [
        Contended.Table("a") with { ContentionMilliseconds = 5, Lock = new(LeaseState.Held, "", 0) },
        Contended.Table("b") with { ContentionMilliseconds = 900, QueueDepth = 1, Lock = new(LeaseState.Waiting, "", 0) },
        Contended.Table("c") with { ContentionMilliseconds = 5, QueueDepth = 7, Holders = [new(TurnKind.Insert, "ingest-7", 90)],
            Lock = new(LeaseState.Lost, "", 0) },
    ];

    [Fact]
    public void The_most_contended_come_first_and_equals_stay_in_the_order_of_their_names() => Assert.Equal("b a c", Ordered(OverviewOrder.Default));

    [Fact]
    public void A_column_orders_its_usual_way_first_and_the_other_way_when_it_is_chosen_again()
    {
        var byName = OverviewOrder.Default.By(Column("Table"));
        Assert.Equal("a b c", Ordered(byName));
        Assert.Equal("c b a", Ordered(byName.By(Column("Table"))));
        Assert.Equal("c b a", Ordered(byName.By(Column("Waiters"))));
    }

    [Fact]
    public void Every_column_orders() =>
        Assert.All(OverviewColumn.All, static c => Assert.Equal(3, Ordered(OverviewOrder.Default.By(c)).Split(' ').Distinct().Count()));

    [Theory]
    [InlineData("INGEST", "c")]
    [InlineData("waiting", "b")]
    [InlineData("public.", "a b c")]
    [InlineData("silo-1", "a b c")]
    [InlineData("nothing", "")]
    public void The_filter_looks_at_names_holders_silos_and_locks(string filter, string found) =>
        Assert.Equal(found, string.Join(' ', Tables.Select(Row).Where(r => r.Matches(filter)).Select(static r => r.Now.Table.Table)));

    [Fact]
    public void Activations_are_those_that_live()
    {
        SiloFigures[] silos = [Part("silo-1", true), Part("silo-2", true), Part("silo-3", false)];
        Assert.Equal(2, Row(Contended.Table() with { Silos = silos }).Activations);
    }

    private static SiloFigures Part(string silo, bool isActive) =>
        new() { Silo = silo, IsActive = isActive, Lock = new(LeaseState.Held, "", 0), Counts = new TableCounts() };

    private static OverviewColumn Column(string title) => OverviewColumn.All.Single(c => c.Title == title);

    private static OverviewRow Row(TableContention table) => new(table, new RateWindow());

    private static string Ordered(OverviewOrder order) => string.Join(' ', order.Apply(Tables.Select(Row)).Select(static r => r.Now.Table.Table));
}
