using Coordinator.Core.Jobs;
using Coordinator.Intents;
using Coordinator.Jobs.Catalog;
using Coordinator.Tables;

namespace Coordinator.Tests.Jobs;

public sealed class TickCoverTests
{
    private readonly TickCover _cover = new(Tick(10));

    [Fact]
    public void Later_ticks_are_taken_in_until_the_SQL_begins()
    {
        Assert.True(_cover.TryAdd(Tick(11)));
        Assert.True(_cover.TryAdd(Tick(13)));
        Assert.True(_cover.TryAdd(Tick(11)));
        Assert.Equal(13, _cover.Close());
        Assert.False(_cover.TryAdd(Tick(14)));
        Assert.Equal(13, _cover.Through);
    }

    [Fact]
    public void Who_was_taken_in_stays_so_when_the_SQL_has_begun()
    {
        _cover.TryAdd(Tick(11));
        _cover.Close();
        Assert.True(_cover.TryAdd(Tick(11)));
    }

    [Fact]
    public void What_was_taken_in_is_done_as_far_as_the_ledger_says()
    {
        _cover.TryAdd(Tick(15));
        _cover.Close();
        Assert.False(_cover.HasDone(Tick(11).Id));
        _cover.Settle(12);
        Assert.True(_cover.HasDone(Tick(12).Id));
        Assert.False(_cover.HasDone(Tick(13).Id));
    }

    public static TheoryData<string, UpdateIntent> OtherWork() => new()
    {
        { "the run itself", Tick(10) },
        { "an earlier tick", Tick(9) },
        { "another job's", Tick(11, origin: Guid.NewGuid()) },
        { "other SQL", Tick(11, sql: "select 2") },
        { "other tables", Tick(11, writes: "b") },
        { "other values", Tick(11, value: "2") },
    };

    [Theory]
    [MemberData(nameof(OtherWork))]
    public void Other_work_has_to_run_by_itself(string what, UpdateIntent tick)
    {
        Assert.False(_cover.TryAdd(tick), what);
        Assert.Equal(10, _cover.Through);
    }

    private static UpdateIntent Tick(long sequence, Guid? origin = null, string sql = "select 1", string writes = "a", string value = "1") => new()
    {
        Id = new IntentId(origin ?? Some.Origin, sequence),
        Job = "j",
        Sql = sql,
        Parameters = [new SqlParameter("x", value)],
        Writes = [TableName.Parse(writes)],
    };
}
