using Coordinator.Core.Jobs;
using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Jobs;

public sealed class JobHistoryTests
{
    private const string Job = "count";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1000));
    private readonly JobHistory _history;

    public JobHistoryTests() => _history = new JobHistory(Job, 3, _clock);

    [Fact]
    public void A_receipt_is_delivered_as_it_is_once_and_then_says_already_committed()
    {
        _history.Begin(Tick(1));
        Assert.Null(_history.Deliver(Tick(1)));
        _history.End(Committed(1));
        Assert.Equal(WriteStatus.Committed, _history.Deliver(Tick(1))?.Status);
        Assert.Equal(WriteStatus.AlreadyCommitted, _history.Deliver(Tick(1))?.Status);
    }

    [Fact]
    public void A_rejected_tick_stays_rejected_and_a_rejected_request_may_be_repeated()
    {
        var request = new IntentId(Guid.NewGuid(), 0);
        foreach (var id in new[] { Tick(1), request })
        {
            _history.Begin(id);
            _history.End(WriteReceipt.Rejected(id, RowError.OfIntent("no such column")));
            Assert.Equal(WriteStatus.Rejected, _history.Deliver(id)?.Status);
        }

        Assert.Equal(WriteStatus.Rejected, _history.Deliver(Tick(1))?.Status);
        Assert.Null(_history.Deliver(request));
        Assert.All(_history.Runs, static run => Assert.Equal((JobRunStatus.Rejected, "no such column"), (run.Status, run.Message)));
    }

    [Fact]
    public void A_tick_is_coalesced_into_the_newest_earlier_one_that_runs_by_itself()
    {
        Assert.Null(_history.PendingBefore(Tick(5)));
        _history.Begin(Tick(1));
        _history.Begin(Tick(2));
        _history.Begin(Tick(3));
        _history.Coalesce(Tick(3), Tick(2));
        _history.Begin(new IntentId(Guid.NewGuid(), 4));
        Assert.Equal(Tick(2), _history.PendingBefore(Tick(5)));
        Assert.Equal(Tick(1), _history.PendingBefore(Tick(2)));
        _history.End(Committed(2));
        Assert.Equal(Tick(1), _history.PendingBefore(Tick(5)));
        _history.Fail(Tick(1), "conflict");
        Assert.Null(_history.PendingBefore(Tick(5)));
    }

    [Fact]
    public void A_failed_run_keeps_its_reason_until_it_is_tried_again()
    {
        _history.Begin(Tick(1));
        _history.Fail(Tick(1), "conflict");
        Assert.Equal((JobRunStatus.Failed, "conflict"), (_history.Runs.Single().Status, _history.Runs.Single().Message));
        Assert.Null(_history.Deliver(Tick(1)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _history.Begin(Tick(1));
        Assert.Equal((JobRunStatus.Pending, "", DateTimeOffset.FromUnixTimeSeconds(1000)),
            (_history.Runs.Single().Status, _history.Runs.Single().Message, _history.Runs.Single().SubmittedAt!.Value));
    }

    [Fact]
    public void The_oldest_are_forgotten_but_none_that_is_pending()
    {
        _history.Begin(Tick(1));
        for (var i = 2; i <= 5; i++)
        {
            _history.Begin(Tick(i));
            _history.End(Committed(i));
        }

        _history.Begin(Tick(6));
        Assert.Equal([1, 5, 6], _history.Runs.Select(static run => run.Id.Sequence).Order());
    }

    [Fact]
    public void Ledger_and_memory_make_one_list_newest_first()
    {
        _history.Begin(Tick(4));
        _history.Fail(Tick(4), "the outcome was unknown");
        _history.Begin(Tick(5));
        _history.End(Committed(5) with { CoalescedInto = Tick(4) });
        _history.Begin(Tick(6));
        LedgerRun[] ledger = [Row(4, 5), Row(2, 2), Row(1, 1)];

        var runs = JobRuns.Merge(_history.Runs, ledger, Job, 4);

        Assert.Equal([6, 5, 4, 2], runs.Select(static run => run.Id.Sequence));
        Assert.Equal([JobRunStatus.Pending, JobRunStatus.Coalesced, JobRunStatus.Committed, JobRunStatus.Committed],
            runs.Select(static run => run.Status));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(5), runs[2].ThroughTick);
        Assert.Equal("", runs[2].Message);
    }

    [Theory]
    [InlineData("count", "COUNT", true)]
    [InlineData("count", "counts", false)]
    public void A_tick_is_named_by_job_and_instant_in_any_case_of_the_name(string one, string other, bool same)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        Assert.Equal(same, JobTick.IdOf(one, at) == JobTick.IdOf(other, at));
        Assert.Equal(at, JobTick.TimeOf(one, JobTick.IdOf(one, at)));
        Assert.Null(JobTick.TimeOf("other", JobTick.IdOf(one, at)));
        Assert.NotEqual(IntentId.OriginOf(one), JobTick.OriginOf(one));
    }

    private static IntentId Tick(long second) => JobTick.IdOf(Job, DateTimeOffset.FromUnixTimeSeconds(second));

    private static WriteReceipt Committed(long second) => new()
    {
        Id = Tick(second),
        Status = WriteStatus.Committed,
        CommittedAt = DateTimeOffset.FromUnixTimeSeconds(second + 1),
        Ran = TimeSpan.FromSeconds(1),
    };

    private static LedgerRun Row(long first, long last) => new(
        new SequenceRange(JobTick.OriginOf(Job), first, last, 7),
        new LedgerEntry(Guid.NewGuid(), DateTimeOffset.FromUnixTimeSeconds(last + 1)),
        DateTimeOffset.FromUnixTimeSeconds(last));
}
