using Coordinator.Core.Jobs;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.Jobs;

public sealed class CoalescedTicksTests
{
    private readonly CoalescedTicks _ticks = new(Tick(10));

    [Fact]
    public void Later_ticks_are_taken_in_until_the_SQL_begins()
    {
        Assert.True(_ticks.TryAdd(Tick(11)));
        Assert.True(_ticks.TryAdd(Tick(13)));
        Assert.True(_ticks.TryAdd(Tick(11)));
        Assert.Equal(13, _ticks.Close(long.MaxValue));
        Assert.False(_ticks.TryAdd(Tick(14)));
        Assert.Equal(13, _ticks.Through);
    }

    [Fact]
    public void Who_was_taken_in_stays_so_when_the_SQL_has_begun()
    {
        _ticks.TryAdd(Tick(11));
        _ticks.Close(long.MaxValue);
        Assert.True(_ticks.TryAdd(Tick(11)));
    }

    [Fact]
    public void A_tick_that_is_not_due_when_the_SQL_begins_is_not_covered()
    {
        _ticks.TryAdd(Tick(15));
        Assert.Equal(12, _ticks.Close(12));
        Assert.Equal(12, _ticks.Through);
        Assert.False(_ticks.TryAdd(Tick(15)));
    }

    [Fact]
    public void A_run_covers_its_own_tick_in_any_case() => Assert.Equal(10, _ticks.Close(3));

    [Fact]
    public void What_was_taken_in_is_done_as_far_as_the_ledger_says()
    {
        _ticks.TryAdd(Tick(15));
        _ticks.Close(long.MaxValue);
        Assert.False(_ticks.HasDone(Tick(11).Id));
        _ticks.Settle(12);
        Assert.True(_ticks.HasDone(Tick(12).Id));
        Assert.False(_ticks.HasDone(Tick(13).Id));
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
        Assert.False(_ticks.TryAdd(tick), what);
        Assert.Equal(10, _ticks.Through);
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
