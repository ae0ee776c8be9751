using Coordinator.Contention;
using Coordinator.Core.Contention;
using Coordinator.Core.Leases;
using Coordinator.Core.Queueing;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Contention;

public sealed class TableAccountTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TableAccount _account;
    private readonly ActivationAccount _activation;
    private readonly WriteQueue _queue;

    public TableAccountTests()
    {
        _account = new TableAccount(Some.Table, "silo-1", _clock);
        _activation = _account.Open(null);
        _queue = new WriteQueue(new WriteQueueOptions(), _clock, _activation);
    }

    [Fact]
    public void A_turn_is_recorded_with_its_times_rows_and_outcome()
    {
        Insert(0, rows: 3);
        Pass(0.5);
        RunInserts(seconds: 2);

        var turn = Assert.Single(_account.ReadDetail().Turns);
        Assert.Equal(("insert", "test", "silo-1", "committed"), (turn.Kind, turn.Source, turn.Silo, turn.Outcome));
        Assert.Equal((1, 3), (turn.Intents, turn.Rows));
        Assert.Equal(500, turn.WaitedMilliseconds, 3);
        Assert.Equal(TimeSpan.FromSeconds(2), turn.EndedAt - turn.StartedAt);
        Assert.Equal(_clock.GetUtcNow(), turn.EndedAt);
        Assert.Equal(1, _account.Counts().Intents);
    }

    [Fact]
    public void Insert_turns_that_follow_each_other_closely_are_one_record()
    {
        for (var i = 0; i < 10; i++)
        {
            Insert(i);
            RunInserts(seconds: 0.3);
        }

        var turn = Assert.Single(_account.ReadDetail().Turns);
        Assert.Equal((10, 10, 10), (turn.Turns, turn.Intents, turn.Rows));
        Assert.Equal(3, (turn.EndedAt - turn.StartedAt).TotalSeconds, 3);

        Pass(5);
        Insert(10);
        RunInserts(seconds: 0.3);
        Assert.Equal(2, _account.ReadDetail().Turns.Count);
    }

    [Fact]
    public void Who_had_others_wait_is_charged_with_it()
    {
        Reserve(100, ReservationMode.Exclusive, "job nightly");
        Pass(10);
        Insert(0);
        Pass(30);
        Look();

        var now = _account.Read();
        Assert.Equal(("exclusive", "job nightly"), (now.Holder!.Kind, now.Holder.Source));
        Assert.Equal(40_000, now.Holder.SinceMilliseconds, 3);
        Assert.Equal(30_000, now.OldestWaitMilliseconds, 3);
        Assert.Equal(("insert", "test", 1), (now.Waiters[0].Kind, now.Waiters[0].Source, now.Waiters[0].Count));
        Assert.Equal(30_000, now.Counts.BlockedMilliseconds, 3);

        _queue.Release(Some.Id(100), "try");
        RunInserts(seconds: 1);
        var detail = _account.ReadDetail();
        var nightly = detail.Sources[0];
        Assert.Equal(("job nightly", true, 1), (nightly.Source, nightly.IsUpdate, nightly.Turns));
        Assert.Equal(40_000, nightly.HeldMilliseconds, 3);
        Assert.Equal(30_000, nightly.BlockedMilliseconds, 3);
        Assert.Equal(30_000, detail.Turns[0].BlockedMilliseconds, 3);
        Assert.Equal(41_000, detail.Now.Counts.UpdatesHeldMilliseconds + detail.Now.Counts.InsertsHeldMilliseconds, 3);
    }

    [Fact]
    public void Contention_is_the_mean_age_of_the_oldest_wait()
    {
        Reserve(100, ReservationMode.Exclusive, "job");
        Insert(0);
        // The age grows from 0 to 60 s: the mean is the same for any number of reads.
        for (var i = 0; i < 30; i++)
        {
            Pass(1);
            Look();
            _ = _account.Contention();
        }

        Pass(30);
        _queue.Release(Some.Id(100), "try");
        RunInserts(seconds: 0);
        Pass(210);
        Assert.Equal(60_000d * 60_000 / 2 / 270_000, _account.Contention(), 1);
        Pass(120);
        Assert.Equal(0, _account.Contention());
    }

    [Fact]
    public void Who_comes_between_two_looks_is_counted_from_when_it_came()
    {
        Insert(0);
        _queue.Advance();
        Reserve(100, ReservationMode.Shared, "job", advance: false);
        Pass(0.4);
        // A read does not include the update that waits; the tick does.
        _ = _account.Read();
        Pass(0.6);
        Look();
        Assert.Equal(1_000, _account.Counts().BlockedMilliseconds, 3);
    }

    [Fact]
    public void Inserts_behind_inserts_block_no_other()
    {
        Insert(0);
        _queue.Advance();
        Insert(1);
        Pass(1);
        Look();
        Assert.Equal(0, _account.Counts().BlockedMilliseconds);
        Assert.True(_account.Contention() > 0);
    }

    [Fact]
    public void An_insert_that_waited_for_too_long_is_counted_as_failed()
    {
        Reserve(100, ReservationMode.Exclusive, "job");
        _ = _queue.Enqueue(Some.Insert(0, maxWait: TimeSpan.FromSeconds(5)));
        Pass(6);
        _queue.Tick();
        Assert.Equal(1, _account.Counts().Failed);
    }

    [Fact]
    public void A_quiet_account_that_is_asked_for_is_kept_for_another_hour()
    {
        _activation.Close();
        Pass(3_700);
        Assert.True(_account.IsForgotten());
        _account.Touch();
        Assert.False(_account.IsForgotten());
    }

    [Fact]
    public void Readers_beside_each_other_are_all_named_and_block_once()
    {
        Reserve(100, ReservationMode.Shared, "one");
        Reserve(101, ReservationMode.Shared, "two");
        Insert(0);
        Pass(3);
        Look();
        var now = _account.Read();
        Assert.Equal(["one", "two"], now.Holders.Select(static h => h.Source));
        Assert.Equal(3_000, now.Counts.BlockedMilliseconds, 3);
        Assert.Equal(6_000, now.Counts.UpdatesHeldMilliseconds, 3);
        Assert.Equal(2, _account.ReadWaits().Count(static w => w is { IsHeld: true, IsExclusive: false }));
    }

    [Fact]
    public void A_hold_that_moves_to_the_next_activation_ends_in_this_ones_account()
    {
        Reserve(100, ReservationMode.Exclusive, "job");
        Pass(5);
        _queue.Close(new InvalidOperationException("moved"));
        _activation.Close();
        Assert.Empty(_account.Read().Holders);
        Assert.Equal(5_000, _account.Counts().UpdatesHeldMilliseconds, 3);
        Assert.Equal("released", Assert.Single(_account.ReadDetail().Turns).Outcome);
    }

    [Fact]
    public void A_silent_update_is_recorded_as_revoked()
    {
        Reserve(100, ReservationMode.Exclusive, "job");
        Pass(120);
        Assert.Single(_queue.Tick());
        Assert.Equal("revoked", Assert.Single(_account.ReadDetail().Turns).Outcome);
    }

    [Fact]
    public void Conflicts_keep_the_message_and_name_the_transactions_of_the_cycle()
    {
        const string Message =
            "1023: Serializable isolation violation on table - 119371, transactions forming the cycle are: 1745830, 1745762 (pid:4711)";
        _activation.OnRetry(new WarehouseException(FailureKind.Conflict, Message) { Cause = FailureCause.Conflict, IsOverlap = true });
        _account.OnUpdateFailed("job", new WarehouseException(FailureKind.Conflict, "deadlock detected") { Cause = FailureCause.Deadlock },
            isRetried: false);

        var conflicts = _account.ReadDetail().Conflicts;
        Assert.Equal(["1745830", "1745762"], conflicts[0].Transactions);
        Assert.Equal((Message, "conflict", "insert"), (conflicts[0].Message, conflicts[0].Cause, conflicts[0].Kind));
        Assert.Equal(("deadlock", "update", "job"), (conflicts[1].Cause, conflicts[1].Kind, conflicts[1].Source));
        var counts = _account.Counts();
        Assert.Equal((2, 1, 1), (counts.Conflicts, counts.Retries, counts.Overlaps));
    }

    [Fact]
    public void Whatever_writers_call_themselves_the_account_stays_small()
    {
        for (var i = 0; i < 1_000; i++)
            _ = _queue.Enqueue(new InsertIntent { Id = Some.Id(i), Table = Some.Table, Rows = Some.Rows(), Source = $"writer-{i}" });
        RunInserts(seconds: 1);
        var sources = _account.ReadDetail().Sources;
        Assert.InRange(sources.Count, 2, 33);
        Assert.Equal(1_000, sources.Sum(static s => s.Intents));
        Assert.Contains(sources, static s => s.Source == SourceFigures.Others);
    }

    [Fact]
    public void The_hour_is_kept_in_slots_and_outlives_the_activation()
    {
        for (var minute = 0; minute < 90; minute++)
        {
            Insert(minute, rows: 2);
            RunInserts(seconds: 1);
            _activation.OnCommitted(2, TimeSpan.FromSeconds(1));
            Pass(59);
        }

        _activation.Close();
        var history = _account.ReadDetail().History;
        Assert.InRange(history.Count, 59, 60);
        Assert.Equal(2 * history.Count, history.Sum(static slot => slot.Rows));
        Assert.All(history, static slot => Assert.Equal(1_000, slot.InsertsHeldMilliseconds, 1));
        Assert.Equal(180, _account.Counts().Rows);
        Assert.False(_account.IsForgotten());
        Pass(3_700);
        Assert.True(_account.IsForgotten());
        Assert.Empty(_account.ReadDetail().History);
    }

    [Fact]
    public void An_activation_that_waits_for_its_lock_counts_as_waiting()
    {
        var lease = new Lease("mine", new LeaseOptions(), _clock, new Random(1));
        var account = new TableAccount(Some.Table, "silo-1", _clock);
        var activation = account.Open(lease);
        var queue = new WriteQueue(new WriteQueueOptions(), _clock, activation);
        lease.OnAcquireReply(_clock.GetTimestamp(), new LockReply(LockReplyKind.HeldByOther, "theirs"));
        Pass(8);
        Look(activation, queue);

        var now = account.Read();
        Assert.Equal(("lock", "theirs"), (now.Holder!.Kind, now.Holder.Source));
        Assert.Equal(8_000, now.OldestWaitMilliseconds, 3);
        Assert.True(now.ContentionMilliseconds > 0);
        lease.OnAcquireReply(_clock.GetTimestamp(), new LockReply(LockReplyKind.Mine, "mine"));
        Look(activation, queue);
        Assert.Null(account.Read().Holder);
        Assert.Equal(["waiting", "held"], account.ReadDetail().LockHistory.Select(static l => l.State));
    }

    private void Look() => Look(_activation, _queue);

    private static void Look(ActivationAccount activation, WriteQueue queue) =>
        activation.OnTick(queue.Snapshot(), queue.FirstWaiting(ActivationAccount.MaxWaiting));

    private void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    private void Insert(long sequence, int rows = 1) => _ = _queue.Enqueue(Some.Insert(sequence, rows));

    private void Reserve(long sequence, ReservationMode mode, string source, bool advance = true)
    {
        _ = _queue.Reserve(new ReserveRequest
        {
            Id = Some.Id(sequence),
            Mode = mode,
            Source = source,
            Lease = TimeSpan.FromSeconds(60),
            Holder = "try"
        });
        if (advance) _queue.Advance();
    }

    private void RunInserts(double seconds)
    {
        Assert.NotNull(_queue.Advance());
        Pass(seconds);
        _queue.EndInsertTurn(static entry => new WriteReceipt { Id = entry.Id, Status = WriteStatus.Committed });
    }
}
