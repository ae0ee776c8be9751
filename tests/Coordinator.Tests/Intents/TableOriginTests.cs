using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.Intents;

public sealed class TableOriginTests
{
    private static readonly TableName Events = TableName.Parse("events");

    [Fact]
    public void An_origin_tells_its_table_and_is_never_the_same()
    {
        var origins = Enumerable.Range(0, 1_000).Select(static _ => TableOrigin.New(Events)).ToArray();
        Assert.All(origins, static origin => Assert.Equal(TableOrigin.MarkOf(Events), TableOrigin.MarkOf(origin)));
        Assert.All(origins, static origin => Assert.Equal(8, origin.Version));
        Assert.Equal(1_000, origins.Distinct().Count());
    }

    [Fact]
    public void Tables_have_marks_of_their_own()
    {
        var marks = Enumerable.Range(0, 1_000).Select(static i => TableOrigin.MarkOf(TableName.Parse($"t{i}")));
        Assert.Equal(1_000, marks.Distinct().Count());
        Assert.Equal(TableOrigin.MarkOf(TableName.Parse("public.events")), TableOrigin.MarkOf(Events));
    }

    [Fact]
    public void Origins_made_otherwise_have_no_mark_or_look_so_once_in_256()
    {
        Assert.Null(TableOrigin.MarkOf(Guid.Empty));
        Assert.All(Enumerable.Range(0, 1_000), static _ => Assert.Null(TableOrigin.MarkOf(Guid.NewGuid())));
        var marked = Enumerable.Range(0, 10_000).Count(static i => TableOrigin.MarkOf(IntentId.OriginOf($"key {i}")) is not null);
        Assert.InRange(marked, 1, 100);
    }
}
