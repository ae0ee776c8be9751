using Coordinator.Core.Outages;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Outages;

/// <summary>When an outage begins, is reported and ends.</summary>
public sealed class OutageLogTests
{
    private static readonly TableName Events = TableName.Parse("events");
    private static readonly TableName Others = TableName.Parse("others");

    private readonly FakeTimeProvider _clock = new();
    private readonly OutageLog _log;

    public OutageLogTests() => _log = new OutageLog("silo-1", _clock);

    [Fact]
    public void A_failure_that_a_retry_mends_is_no_outage()
    {
        Fail(Events, FailureCause.Connection);
        Fail(Events, FailureCause.Connection);
        _clock.Advance(OutageLog.Patience - TimeSpan.FromMilliseconds(1));
        _log.OnAnswered(Events);
        _clock.Advance(OutageLog.Reminder);
        Assert.Empty(_log.Tick());
        Assert.Empty(_log.Current);
    }

    [Fact]
    public void A_failure_that_was_not_tried_again_is_no_outage()
    {
        Fail(Events, FailureCause.DiskFull);
        _clock.Advance(OutageLog.Patience * 2);
        Assert.Empty(_log.Tick());
        Assert.NotNull(_log.Of(Events));
        _clock.Advance(OutageLog.Reminder);
        Assert.Empty(_log.Tick());
        Assert.Null(_log.Of(Events));
    }

    [Theory]
    [InlineData(FailureCause.Connection, true)]
    [InlineData(FailureCause.UnknownOutcome, true)]
    [InlineData(FailureCause.Overload, true)]
    [InlineData(FailureCause.DiskFull, true)]
    [InlineData(FailureCause.ReadOnly, true)]
    [InlineData(FailureCause.Staging, false)]
    [InlineData(FailureCause.Internal, false)]
    [InlineData(FailureCause.LockTimeout, false)]
    [InlineData(FailureCause.Unstated, false)]
    public void It_is_reported_once_then_once_a_minute_and_once_when_a_write_succeeds(FailureCause cause, bool isOfWarehouse)
    {
        Fail(Events, cause);
        _clock.Advance(OutageLog.Patience);
        Fail(Events, cause);
        var began = Assert.Single(_log.Tick());
        Assert.Equal((OutageStage.Began, isOfWarehouse ? null : Events, 2L), (began.Stage, began.Outage.Table, began.Outage.Failures));
        Assert.Equal([began.Outage], _log.Current);
        Assert.Empty(_log.Tick());

        for (var second = 0; second < 59; second++) Step();
        var lasts = Assert.Single(Step());
        Assert.Equal((OutageStage.Lasts, TimeSpan.FromSeconds(63), 62L), (lasts.Stage, lasts.Lasted, lasts.Outage.Failures));

        _log.OnAnswered(Others);
        Assert.Equal(isOfWarehouse, _log.Current.Count == 0);
        _log.OnAnswered(Events);
        var ended = Assert.Single(_log.Tick());
        Assert.Equal((OutageStage.Ended, TimeSpan.FromSeconds(63)), (ended.Stage, ended.Lasted));
        Assert.Empty(_log.Current);
        Assert.Null(_log.Of(Events));
        Assert.Empty(_log.Tick());

        IReadOnlyList<OutageNews> Step()
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Fail(Events, cause);
            return _log.Tick();
        }
    }

    [Fact]
    public void A_question_that_is_answered_ends_an_outage_of_the_connection_and_not_that_of_a_full_disk()
    {
        Begin(Events, FailureCause.Connection);
        _log.OnAnswered();
        Assert.Empty(_log.Current);

        Begin(Events, FailureCause.DiskFull);
        _log.OnAnswered();
        Assert.Equal("diskFull", Assert.Single(_log.Current).Cause);
    }

    [Fact]
    public void A_missing_right_and_a_probe_without_an_answer_are_reported_at_once()
    {
        Fail(Events, FailureCause.Permission);
        Assert.Equal(Events, Assert.Single(_log.Tick()).Outage.Table);
        _log.OnFailed(null, new WarehouseException(FailureKind.Unavailable, "silent") { Cause = FailureCause.Connection }, isProven: true);
        Assert.Null(Assert.Single(_log.Tick()).Outage.Table);
        Assert.Equal([null, Events], _log.Current.Select(static o => o.Table));
    }

    [Theory]
    [InlineData(FailureKind.Rejected)]
    [InlineData(FailureKind.SchemaChanged)]
    [InlineData(FailureKind.TurnLost)]
    public void A_refusal_is_an_answer_and_writes_nothing(FailureKind kind)
    {
        Begin(Events, FailureCause.Connection);
        _log.OnFailed(Others, new WarehouseException(kind, "no"));
        Assert.Equal(OutageStage.Ended, Assert.Single(_log.Tick()).Stage);
        Begin(Events, FailureCause.DiskFull);
        _log.OnFailed(Others, new WarehouseException(kind, "no"));
        Assert.Empty(_log.Tick());
        Assert.Single(_log.Current);
    }

    [Theory]
    [InlineData(FailureCause.Permission)]
    [InlineData(FailureCause.Cancelled)]
    [InlineData(FailureCause.Conflict)]
    public void A_question_about_no_table_that_fails_for_itself_is_no_outage(FailureCause cause)
    {
        for (var i = 0; i < 5; i++)
        {
            _log.OnFailed(null, new WarehouseException(FailureKind.Unavailable, "no") { Cause = cause });
            _clock.Advance(OutageLog.Patience);
            Assert.Empty(_log.Tick());
        }
    }

    [Fact]
    public void Two_failures_far_apart_are_no_outage()
    {
        Fail(Events, FailureCause.LockTimeout);
        _clock.Advance(TimeSpan.FromSeconds(50));
        Fail(Events, FailureCause.LockTimeout);
        Assert.Empty(_log.Tick());
        Begin(Events, FailureCause.LockTimeout);
    }

    [Fact]
    public void An_end_is_reported_before_the_next_begin()
    {
        Begin(Events, FailureCause.DiskFull);
        _log.OnAnswered(Events);
        Fail(Events, FailureCause.Permission);
        Assert.Equal([OutageStage.Ended, OutageStage.Began], _log.Tick().Select(static news => news.Stage));
    }

    [Fact]
    public void An_outage_without_calls_is_over_as_far_as_is_known()
    {
        Begin(Events, FailureCause.DiskFull);
        _clock.Advance(OutageLog.Reminder);
        Assert.Equal(OutageStage.Quiet, Assert.Single(_log.Tick()).Stage);
        Assert.Empty(_log.Current);
    }

    [Fact]
    public void What_hinders_a_table_is_its_own_outage_or_the_warehouses()
    {
        Fail(Events, FailureCause.Internal);
        Assert.Contains("table public.events fails since", _log.Of(Events), StringComparison.Ordinal);
        Assert.Contains("(internal): Internal", _log.Of(Events), StringComparison.Ordinal);
        Assert.Null(_log.Of(Others));
        Fail(Events, FailureCause.Connection);
        Assert.Contains("the warehouse fails since", _log.Of(Others), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_question_tells_whether_a_warehouse_with_waiting_calls_answers()
    {
        Assert.False(_log.IsInDoubt);
        var call = _log.OnBegun();
        _clock.Advance(OutageLog.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(_log.IsInDoubt);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_log.IsInDoubt);
        _log.OnAnswered(Others);
        Assert.False(_log.IsInDoubt);
        _clock.Advance(OutageLog.Patience);
        Assert.True(_log.IsInDoubt);
        _log.OnEnded(call);
        Assert.False(_log.IsInDoubt);

        Fail(Events, FailureCause.DiskFull);
        Assert.False(_log.IsInDoubt);
        Fail(Events, FailureCause.Connection);
        Assert.True(_log.IsInDoubt);
    }

    [Fact]
    public void A_service_that_does_not_answer_has_an_outage_of_its_own_that_hinders_no_table()
    {
        const string memcached = "memcached a:11211";
        _log.OnServiceFailed(memcached, "refused");
        Assert.True(_log.HasFailingService);
        Assert.Empty(_log.Tick());
        _clock.Advance(OutageLog.Patience);
        _log.OnServiceFailed(memcached, "refused");
        _log.OnServiceFailed("memcached b:11211", "refused");
        var began = Assert.Single(_log.Tick());
        Assert.Equal((memcached, (TableName?)null, 2L), (began.Outage.Service, began.Outage.Table, began.Outage.Failures));
        Assert.StartsWith("memcached a:11211 fails since", began.Outage.ToString(), StringComparison.Ordinal);
        Assert.Null(_log.Of(Events));

        // Writes succeed without it.
        _log.OnAnswered(Events);
        Begin(Events, FailureCause.Connection);
        Assert.Equal([null, memcached], _log.Current.Select(static o => o.Service));
        Assert.Equal([OutageStage.Ended], EndOf(memcached));
        Assert.Equal([null], _log.Current.Select(static o => o.Service));
        _log.OnServiceAnswered("memcached b:11211");
        Assert.False(_log.HasFailingService);
        Assert.Empty(_log.Tick());

        IEnumerable<OutageStage> EndOf(string service)
        {
            _log.OnServiceAnswered(service);
            return _log.Tick().Where(n => n.Outage.Service == service).Select(static n => n.Stage);
        }
    }

    private void Begin(TableName table, FailureCause cause)
    {
        Fail(table, cause);
        _clock.Advance(OutageLog.Patience);
        Fail(table, cause);
        Assert.Contains(_log.Tick(), static news => news.Stage == OutageStage.Began);
    }

    private void Fail(TableName table, FailureCause cause)
    {
        var kind = cause == FailureCause.LockTimeout ? FailureKind.Conflict : FailureKind.Unavailable;
        _log.OnFailed(table, new WarehouseException(kind, cause.ToString()) { Cause = cause });
    }
}
