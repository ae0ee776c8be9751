using Coordinator.Client;
using Coordinator.Client.Submitting;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.TestServers;
using SiloGone = Orleans.Runtime.SiloUnavailableException;
using SiloUnavailableException = Coordinator.Errors.SiloUnavailableException;

namespace Coordinator.Tests.Client;

/// <summary>What a call does when an attempt fails, is late or ends as pending.</summary>
public sealed class CoordinatorClientRetryTests
{
    public static TheoryData<Exception> WorthAnotherTry() =>
    [
        new QueueFullException("full"), new TableLockedException("locked"), new TableMovedException("moved"), new IntentExpiredException("late"),
        new WarehouseUnavailableException("away"), new OutcomeUnknownException("who knows"), new TimeoutException(),
        Rejection(), new SiloGone("gone"), new GatewayTooBusyException(), new TaskCanceledException(),
    ];

    [Theory]
    [MemberData(nameof(WorthAnotherTry))]
    public async Task A_failure_is_tried_again_under_the_same_id(Exception failure)
    {
        var rig = new ClientRig(ClientRig.Fails(failure), ClientRig.Fails(failure), ClientRig.Committed);
        var receipt = await rig.InsertAsync();
        Assert.True(receipt.IsCommitted);
        Assert.Equal(3, rig.Grain.Ids.Count);
        Assert.Single(rig.Grain.Ids.Distinct());
    }

    [Fact]
    public async Task What_an_earlier_attempt_of_the_same_call_wrote_is_committed_and_only_a_callers_own_id_may_be_so_already()
    {
        Func<IntentId, Task<WriteReceipt>> already = id =>
            Task.FromResult(new WriteReceipt { Id = id, Status = WriteStatus.AlreadyCommitted, Rows = 1 });
        Assert.Equal(WriteStatus.Committed, (await new ClientRig(ClientRig.Fails(new TimeoutException()), already).InsertAsync()).Status);
        var options = new WriteOptions { Id = IntentId.FromKey("k") };
        Assert.Equal(WriteStatus.AlreadyCommitted,
            (await new ClientRig(ClientRig.Fails(new TimeoutException()), already).InsertAsync(options)).Status);
    }

    [Fact]
    public async Task An_unexpected_failure_is_not_tried_again()
    {
        var rig = new ClientRig(ClientRig.Fails(new InvalidOperationException("a bug")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.InsertAsync());
        Assert.Single(rig.Grain.Ids);
    }

    [Fact]
    public async Task A_pending_receipt_is_waited_on_at_once_under_the_same_id()
    {
        var rig = new ClientRig(ClientRig.Pending, ClientRig.Pending, ClientRig.Committed);
        var before = rig.Time.GetTimestamp();
        var receipt = await rig.Client.InsertAsync(ClientRig.Events, ClientRig.OneRow());
        Assert.True(receipt.IsCommitted);
        Assert.Equal(TimeSpan.Zero, rig.Time.GetElapsedTime(before));
        Assert.Single(rig.Grain.Ids.Distinct());
    }

    [Fact]
    public async Task A_hint_when_to_come_back_is_honoured()
    {
        var rig = new ClientRig(ClientRig.Fails(new QueueFullException("full", TimeSpan.FromSeconds(8))), ClientRig.Committed);
        var started = rig.Time.GetTimestamp();
        var receipt = await rig.DriveAsync(rig.Client.InsertAsync(ClientRig.Events, ClientRig.OneRow()));
        Assert.True(receipt.IsCommitted);
        Assert.InRange(rig.Time.GetElapsedTime(started), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_caller_that_does_not_wait_for_a_full_queue_gets_the_error_at_once()
    {
        var rig = new ClientRig(ClientRig.Fails(new QueueFullException("full")));
        await Assert.ThrowsAsync<QueueFullException>(() =>
            rig.Client.InsertAsync(ClientRig.Events, ClientRig.OneRow(), new WriteOptions { WaitWhenFull = false }));
        Assert.Single(rig.Grain.Ids);
    }

    [Fact]
    public async Task A_full_queue_met_later_is_an_error_at_once_as_well()
    {
        var rig = new ClientRig(ClientRig.Pending, ClientRig.Fails(new QueueFullException("full")));
        await Assert.ThrowsAsync<QueueFullException>(() => rig.InsertAsync(new WriteOptions { WaitWhenFull = false }));
    }

    [Fact]
    public async Task When_nothing_ever_answered_the_silo_is_unavailable()
    {
        var rig = new ClientRig(ClientRig.Fails(Rejection()));
        var e = await Assert.ThrowsAsync<SiloUnavailableException>(() => rig.InsertAsync(new WriteOptions { Timeout = TimeSpan.FromSeconds(20) }));
        Assert.Contains("00:00:20", e.Message, StringComparison.Ordinal);
        Assert.InRange(rig.Grain.Ids.Count, 3, 100);
    }

    [Fact]
    public async Task When_an_attempt_may_have_gone_through_the_outcome_is_unknown()
    {
        var rig = new ClientRig(ClientRig.Fails(new TimeoutException()), ClientRig.Fails(Rejection()));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => rig.InsertAsync());
    }

    [Fact]
    public async Task When_the_intent_is_still_pending_the_outcome_is_unknown()
    {
        var rig = new ClientRig(ClientRig.Pending, static _ => new TaskCompletionSource<WriteReceipt>().Task);
        var call = rig.Client.InsertAsync(ClientRig.Events, ClientRig.OneRow(), new WriteOptions { Timeout = TimeSpan.FromMinutes(2) });
        await Eventually.TrueAsync("it asks again", () => rig.Grain.Ids.Count > 1);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => rig.DriveAsync(call));
        Assert.Single(rig.Grain.Ids.Distinct());
    }

    [Fact]
    public async Task When_the_last_answer_was_definite_it_is_what_the_caller_gets()
    {
        var rig = new ClientRig(ClientRig.Fails(new WarehouseUnavailableException("away", TimeSpan.FromSeconds(1))));
        var e = await Assert.ThrowsAsync<WarehouseUnavailableException>(() => rig.InsertAsync());
        Assert.Equal("away", e.Message);
    }

    [Theory]
    [InlineData(5)] // the timeout cuts the second attempt off
    [InlineData(30)] // the second attempt is overdue first, and the third one is cut off
    public async Task An_attempt_without_an_answer_does_not_hide_the_cause_that_the_one_before_named(int seconds)
    {
        var rig = new ClientRig(
            ClientRig.Fails(new WarehouseUnavailableException("the disk is full")), static _ => new TaskCompletionSource<WriteReceipt>().Task);
        var timeout = new WriteOptions { Timeout = TimeSpan.FromSeconds(seconds) };
        var insert = rig.Client.InsertAsync(ClientRig.Events, ClientRig.OneRow(), timeout);
        await rig.UntilAttemptAsync(2);
        var unknown = await Assert.ThrowsAsync<OutcomeUnknownException>(() => rig.DriveAsync(insert));
        Assert.Contains("the disk is full", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_shorter_than_Orleans_own_is_kept()
    {
        var rig = new ClientRig(_ => new TaskCompletionSource<WriteReceipt>().Task);
        var started = rig.Time.GetTimestamp();
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => rig.InsertAsync(new WriteOptions { Timeout = TimeSpan.FromSeconds(3) }));
        Assert.InRange(rig.Time.GetElapsedTime(started), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task An_overdue_answer_is_not_waited_for_and_the_intent_is_sent_again()
    {
        var rig = new ClientRig(static _ => new TaskCompletionSource<WriteReceipt>().Task, ClientRig.Committed);
        var insert = rig.Client.InsertAsync(ClientRig.Events, ClientRig.OneRow());
        rig.Time.Advance(CallTimes.LongPoll + TimeSpan.FromSeconds(1));
        Assert.Single(rig.Grain.Ids);

        rig.Time.Advance(AttemptTimeout.Longest - CallTimes.LongPoll);
        await rig.UntilAttemptAsync(2);

        Assert.True((await rig.DriveAsync(insert)).IsCommitted);
        Assert.Single(rig.Grain.Ids.Distinct());
    }

    [Fact]
    public async Task When_a_gateway_is_lost_all_calls_under_way_are_sent_again_at_once()
    {
        var rig = new ClientRig(static _ => new TaskCompletionSource<WriteReceipt>().Task, static _ =>
            new TaskCompletionSource<WriteReceipt>().Task, ClientRig.Committed);
        var started = rig.Time.GetTimestamp();
        var insert = rig.Client.InsertAsync(ClientRig.Events, ClientRig.OneRow());
        var update = rig.Client.UpdateAsync(new UpdateRequest { Sql = "select 1", Writes = [ClientRig.Events] });
        rig.AttemptTimeout.GiveUp();
        await rig.UntilAttemptAsync(4);
        Assert.InRange(rig.Time.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.True((await rig.DriveAsync(insert)).IsCommitted);
        Assert.True((await rig.DriveAsync(update)).IsCommitted);
        Assert.Equal(2, rig.Grain.Ids.Distinct().Count());
    }

    [Fact]
    public async Task Between_attempts_that_meet_no_silo_there_is_little_more_than_a_second()
    {
        var rig = new ClientRig(ClientRig.Fails(Rejection()));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => rig.InsertAsync(new WriteOptions { Timeout = TimeSpan.FromMinutes(1) }));
        Assert.InRange(rig.Grain.Ids.Count, 60 / 1.3, 60 * 3);
    }

    [Fact]
    public async Task A_cancelled_caller_stops_waiting()
    {
        var rig = new ClientRig(ClientRig.Fails(new QueueFullException("full", TimeSpan.FromMinutes(1))));
        using var stop = new CancellationTokenSource();
        var call = rig.Client.InsertAsync(ClientRig.Events, ClientRig.OneRow(), null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Updates_are_tried_again_under_one_id_too()
    {
        var rig = new ClientRig(ClientRig.Fails(new SiloGone("gone")), ClientRig.Pending, ClientRig.Committed);
        var receipt = await rig.DriveAsync(rig.Client.UpdateAsync(new UpdateRequest { Sql = "select 1", Writes = [ClientRig.Events] }));
        Assert.True(receipt.IsCommitted);
        Assert.Single(rig.Grain.Ids.Distinct());
    }

    /// <summary>What Orleans throws when no gateway is there; only Orleans itself can make one.</summary>
    private static OrleansMessageRejectionException Rejection() => (OrleansMessageRejectionException)Activator.CreateInstance(
        typeof(OrleansMessageRejectionException), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance, null,
        ["no gateway"], null)!;
}
