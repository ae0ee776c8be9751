using Coordinator.Contention;
using Coordinator.Core.Contention;
using Coordinator.Core.Leases;
using Coordinator.Core.Queueing;
using Coordinator.Grains;

namespace Coordinator.Tests.Contention;

public sealed class WaitAccountTests
{
    private readonly AccountedQueue _table = new();

    [Fact]
    public void Who_had_others_wait_is_charged_with_it()
    {
        _table.Reserve(100, ReservationMode.Exclusive, "job nightly");
        _table.Pass(10);
        _table.Insert(0);
        _table.Pass(30);
        _table.Look();

        var now = _table.Account.Read();
        Assert.Equal((TurnKind.Exclusive, "job nightly"), (now.Holder!.Kind, now.Holder.Source));
        Assert.Equal(40_000, now.Holder.SinceMilliseconds, 3);
        Assert.Equal(30_000, now.OldestWaitMilliseconds, 3);
        Assert.Equal((TurnKind.Insert, "test", 1), (now.Waiters[0].Kind, now.Waiters[0].Source, now.Waiters[0].Count));
        Assert.Equal(30_000, now.Counts.BlockedMilliseconds, 3);

        _table.Queue.Release(Some.Id(100), new("try"));
        _table.RunInserts(seconds: 1);
        var detail = _table.Account.ReadDetail();
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
        _table.Reserve(100, ReservationMode.Exclusive, "job");
        _table.Insert(0);
        // The age grows from 0 to 60 s: the mean is the same for any number of reads.
        for (var i = 0; i < 30; i++)
        {
            _table.Pass(1);
            _table.Look();
            _ = _table.Account.Contention();
        }

        _table.Pass(30);
        _table.Queue.Release(Some.Id(100), new("try"));
        _table.RunInserts(seconds: 0);
        _table.Pass(210);
        Assert.Equal(60_000d * 60_000 / 2 / 270_000, _table.Account.Contention(), 1);
        _table.Pass(120);
        Assert.Equal(0, _table.Account.Contention());
    }

    [Fact]
    public void Who_comes_between_two_looks_is_counted_from_when_it_came()
    {
        _table.Insert(0);
        _table.Queue.Advance();
        _table.Reserve(100, ReservationMode.Shared, "job", advance: false);
        _table.Pass(0.4);
        // A read does not include the update that waits; the tick does.
        _ = _table.Account.Read();
        _table.Pass(0.6);
        _table.Look();
        Assert.Equal(1_000, _table.Account.Counts().BlockedMilliseconds, 3);
    }

    [Fact]
    public void Inserts_behind_inserts_block_nobody()
    {
        _table.Insert(0);
        _table.Queue.Advance();
        _table.Insert(1);
        _table.Pass(1);
        _table.Look();
        Assert.Equal(0, _table.Account.Counts().BlockedMilliseconds);
        Assert.True(_table.Account.Contention() > 0);
    }

    [Fact]
    public void Readers_beside_each_other_are_all_named_and_block_once()
    {
        _table.Reserve(100, ReservationMode.Shared, "one");
        _table.Reserve(101, ReservationMode.Shared, "two");
        _table.Insert(0);
        _table.Pass(3);
        _table.Look();
        var now = _table.Account.Read();
        Assert.Equal(["one", "two"], now.Holders.Select(static h => h.Source));
        Assert.Equal(3_000, now.Counts.BlockedMilliseconds, 3);
        Assert.Equal(6_000, now.Counts.UpdatesHeldMilliseconds, 3);
        Assert.Equal(2, _table.Account.ReadWaits().Count(static w => w is { IsHeld: true, IsExclusive: false }));
    }

    [Fact]
    public void An_activation_that_waits_for_its_lock_counts_as_waiting()
    {
        var lease = new Lease(new("mine"), new LeaseOptions(), _table.Clock, new Random(1));
        var account = new TableAccount(Some.Table, "silo-1", _table.Clock);
        var activation = account.Open(lease);
        var queue = new WriteQueue(new WriteQueueOptions(), _table.Clock, activation);
        lease.OnAcquireReply(_table.Clock.GetTimestamp(), new LockReply(LockReplyKind.HeldByOther, "theirs"));
        _table.Pass(8);
        AccountedQueue.Look(activation, queue);

        var now = account.Read();
        Assert.Equal((TurnKind.Lock, "theirs"), (now.Holder!.Kind, now.Holder.Source));
        Assert.Equal(8_000, now.OldestWaitMilliseconds, 3);
        Assert.True(now.ContentionMilliseconds > 0);
        lease.OnAcquireReply(_table.Clock.GetTimestamp(), new LockReply(LockReplyKind.Mine, "mine"));
        AccountedQueue.Look(activation, queue);
        Assert.Null(account.Read().Holder);
        Assert.Equal([LeaseState.Waiting, LeaseState.Held], account.ReadDetail().LockHistory.Select(static l => l.State));

        // No tick comes to an idle table.
        lease.OnRenewReply(_table.Clock.GetTimestamp(), new LockReply(LockReplyKind.HeldByOther, "theirs"));
        activation.OnLockChanged();
        Assert.Equal(LeaseState.Lost, account.ReadDetail().LockHistory[^1].State);
    }
}
