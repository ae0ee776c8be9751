using Coordinator.Contention;
using Coordinator.Core.Contention;

namespace Coordinator.Tests.Contention;

public sealed class ContentionAdviceTests
{
    private static readonly TableContention Quiet = new()
    {
        Table = Some.Table,
        Silo = "silo-1",
        QueueDepth = 0,
        OldestWaitMilliseconds = 0,
        Lock = new LockView(LeaseState.Held, "me", 9_000),
    };

    [Fact]
    public void A_quiet_table_needs_no_advice() =>
        Assert.Empty(ContentionAdvice.For(Quiet, [new SourceFigures { Source = "etl", Turns = 1_000, HeldMilliseconds = 50_000, WindowMinutes = 10 }],
            DurationHistogram.Empty, []));

    [Fact]
    public void A_job_that_has_inserts_wait_is_named_with_how_long_and_how_often()
    {
        var job = new SourceFigures
        {
            Source = "job totals",
            IsUpdate = true,
            Turns = 10,
            HeldMilliseconds = 400_000,
            BlockedMilliseconds = 310_000,
            WindowMinutes = 10
        };
        var advice = Assert.Single(ContentionAdvice.For(Quiet, [job], DurationHistogram.Empty, []));
        Assert.StartsWith("'job totals' reads this table for 40 s every 60 s; others wait 31 s a minute for it.", advice, StringComparison.Ordinal);
        Assert.Contains("writes this table",
            Assert.Single(ContentionAdvice.For(Quiet, [job with { IsExclusive = true }], DurationHistogram.Empty, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_on_a_job_that_ran_once_does_not_say_how_often_it_runs()
    {
        var job = new SourceFigures
        {
            Source = "job totals",
            IsUpdate = true,
            IsExclusive = true,
            Turns = 1,
            HeldMilliseconds = 30_000,
            BlockedMilliseconds = 20_000,
            WindowMinutes = 1
        };
        var advice = Assert.Single(ContentionAdvice.For(Quiet, [job], DurationHistogram.Empty, []));
        Assert.StartsWith("'job totals' writes this table, for 30 s until now; others have waited 20 s for it.", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_warehouse_is_distinguished_from_contention_among_writers()
    {
        var commit = new long[DurationHistogram.UpperMilliseconds.Count + 1];
        commit[12] = 10;
        var advice = ContentionAdvice.For(Quiet with { ContentionMilliseconds = 4_000 }, [], new DurationHistogram(commit, 80_000), []);
        Assert.Contains("8 s on average in the warehouse", Assert.Single(advice), StringComparison.Ordinal);
    }

    [Fact]
    public void Conflicts_without_an_overlap_come_from_outside()
    {
        HistorySlot[] history = [new() { Conflicts = 3 }];
        Assert.Contains("around the coordinator", Assert.Single(ContentionAdvice.For(Quiet, [], DurationHistogram.Empty, history)),
            StringComparison.Ordinal);
        Assert.Contains("Another activation's transaction",
            Assert.Single(ContentionAdvice.For(Quiet with { Counts = new TableCounts { Conflicts = 3, Overlaps = 3 } }, [], DurationHistogram.Empty,
            history)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreachable_memcached_is_reported() => Assert.Contains("memcached does not answer",
            Assert.Single(ContentionAdvice.For(Quiet with { Lock = new LockView(LeaseState.Unverified, "me", 0) }, [], DurationHistogram.Empty, [])),
            StringComparison.Ordinal);
}
