using Coordinator.Core.Reservations;
using Coordinator.Grains;

namespace Coordinator.Tests.Queueing;

/// <summary>Updates that hold the table.</summary>
public sealed class WriteQueueReservationTests : WriteQueueTestBase
{
    [Fact]
    public void Readers_share_the_table_and_a_writer_waits_for_all_of_them()
    {
        var queue = Queue();
        var readers = new[] { queue.Reserve(Request(1, ReservationMode.Shared)), queue.Reserve(Request(2, ReservationMode.Shared)) };
        var writer = queue.Reserve(Request(3, ReservationMode.Exclusive));
        queue.Advance();

        Assert.All(readers, static r => Assert.True(r.IsCompleted));
        Assert.False(writer.IsCompleted);
        queue.Release(Some.Id(1), default);
        queue.Advance();
        Assert.False(writer.IsCompleted);
        queue.Release(Some.Id(2), default);
        queue.Advance();
        Assert.True(writer.IsCompleted);
    }

    [Fact]
    public void A_reader_does_not_overtake_a_waiting_writer()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Shared));
        _ = queue.Reserve(Request(2, ReservationMode.Exclusive));
        queue.Advance();
        var late = queue.Reserve(Request(3, ReservationMode.Shared));
        queue.Advance();

        Assert.False(late.IsCompleted);
    }

    [Fact]
    public void An_update_that_is_not_heard_of_again_loses_the_table()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive));
        queue.Advance();
        _ = queue.Enqueue(Some.Insert(0));
        Clock.Advance(Lease);

        Assert.Equal([1], queue.Tick().Select(static r => r.Id.Sequence));
        Assert.Equal([0], Sequences(queue.Advance()));
    }

    [Fact]
    public async Task A_renewal_keeps_the_table_and_never_queues()
    {
        var queue = Queue();
        var request = Request(1, ReservationMode.Exclusive);
        _ = queue.Reserve(request);
        queue.Advance();
        Clock.Advance(Lease / 2);
        Assert.True(await queue.Reserve(request.ToRenewal()));
        Clock.Advance(Lease * 0.75);

        Assert.Empty(queue.Tick());
        Assert.False(await queue.Reserve(Request(2, ReservationMode.Exclusive).ToRenewal()));
        Assert.Equal(0, queue.Depth);
    }

    [Fact]
    public async Task Another_try_of_an_update_takes_its_place_over_and_the_one_before_is_refused()
    {
        var queue = Queue();
        var first = Request(1, ReservationMode.Exclusive) with { Holder = new("a") };
        _ = queue.Reserve(first);
        queue.Advance(new OwnerToken("g"));
        Assert.True(await queue.Reserve(first with { Holder = new("b") }));
        Assert.False(await queue.Reserve(first.ToRenewal()));
        queue.Release(first.Id, new("a"));
        Assert.True(await queue.Reserve((first with { Holder = new("b") }).ToRenewal()));
        Assert.Equal(new OwnerToken("g"), queue.GrantorOf(first.Id));
    }

    [Fact]
    public async Task Holders_of_the_predecessor_come_before_all_others()
    {
        var queue = Queue();
        var holder = new Holder(new("a"), default, "job");
        var insert = queue.Enqueue(Some.Insert(1));
        queue.Restore([new RememberedReservation(Some.Id(9), ReservationMode.Exclusive, holder, new("before"), Lease)]);
        Assert.Null(queue.Advance());
        Assert.False(insert.IsCompleted);
        Assert.True(await queue.Reserve((Request(9, ReservationMode.Exclusive) with { Holder = new("a") }).ToRenewal()));
        Assert.Equal(new OwnerToken("before"), queue.GrantorOf(Some.Id(9)));
        queue.Release(Some.Id(9), new("a"));
        Assert.NotNull(queue.Advance());
    }

    [Fact]
    public void A_hold_ends_with_its_silo()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive) with { Silo = new("gone") });
        _ = queue.Reserve(Request(2, ReservationMode.Exclusive) with { Silo = new("here") });
        queue.Advance();
        Assert.Equal([Some.Id(1)], queue.Tick(static silo => silo == new SiloId("gone")).Select(static e => e.Id));
        queue.Advance();
        Assert.Equal(Some.Id(2), queue.Holders[0].Id);
    }

    [Fact]
    public void Who_is_let_in_while_not_asking_must_be_heard_of_soon()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive) with { Lease = TimeSpan.FromHours(1) });
        queue.Advance();
        _ = queue.Reserve(Request(2, ReservationMode.Exclusive) with { Lease = TimeSpan.FromHours(1) });
        Clock.Advance(CallTimes.LongPoll);
        queue.Tick();
        queue.Release(Some.Id(1), default);
        queue.Advance();
        Assert.Equal(Some.Id(2), queue.Holders[0].Id);
        Clock.Advance(CallTimes.Silence);
        Assert.Single(queue.Tick());
    }
}
