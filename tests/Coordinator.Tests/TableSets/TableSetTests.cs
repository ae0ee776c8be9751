using Coordinator.Core.TableSets;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.TableSets;

public sealed class TableSetTests
{
    [Fact]
    public void Tables_are_reserved_in_ordinal_order_and_a_written_one_exclusively()
    {
        var set = TableSet.Of(new UpdateIntent
        {
            Id = Some.Id(0),
            Sql = "…",
            Writes = [TableName.Parse("b.x"), TableName.Parse("a.z")],
            Reads = [TableName.Parse("c"), TableName.Parse("A.Z"), TableName.Parse("a.a")],
        });

        Assert.Equal(
            [("a.a", ReservationMode.Shared), ("a.z", ReservationMode.Exclusive), ("b.x", ReservationMode.Exclusive),
                ("public.c", ReservationMode.Shared)],
            set.Select(static t => (t.Table.ToString(), t.Mode)));
    }
}
