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
    public async Task An_update_that_polled_long_enough_hears_not_yet_and_keeps_its_place()
    {
        var queue = Queue();
        var hour = TimeSpan.FromHours(1);
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive) with { Lease = hour });
        queue.Advance();
        var polling = queue.Reserve(Request(2, ReservationMode.Exclusive) with { Lease = hour });
        Clock.Advance(CallTimes.LongPoll - TimeSpan.FromTicks(1));
        queue.Tick();
        Assert.False(polling.IsCompleted);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(queue.Tick());
        Assert.False(await polling);
        Assert.Equal(1, queue.Depth);
    }

    [Fact]
    public async Task Two_calls_of_one_try_wait_for_one_grant()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive));
        queue.Advance();
        var request = Request(2, ReservationMode.Exclusive);
        var (first, second) = (queue.Reserve(request), queue.Reserve(request));
        Assert.Equal(1, queue.Depth);
        queue.Release(Some.Id(1), default);
        queue.Advance();
        Assert.True(await first);
        Assert.True(await second);
    }

    [Fact]
    public async Task Another_mode_takes_another_place_and_answers_the_call_that_waits()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive));
        queue.Advance();
        var before = queue.Reserve(Request(2, ReservationMode.Exclusive));
        _ = queue.Reserve(Request(3, ReservationMode.Exclusive));
        _ = queue.Reserve(Request(2, ReservationMode.Shared));
        Assert.False(await before);
        Assert.Equal([3L, 2L], queue.FirstWaiting(9).Select(static e => e.Id.Sequence));
        Assert.Equal([3L], queue.FirstWaiting(1).Select(static e => e.Id.Sequence));
    }

    [Fact]
    public void An_update_that_waits_and_does_not_ask_again_loses_its_place_after_a_poll_and_the_time_of_silence()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive) with { Lease = TimeSpan.FromHours(1) });
        queue.Advance();
        _ = queue.Reserve(Request(2, ReservationMode.Exclusive) with { Lease = TimeSpan.FromHours(1) });
        Clock.Advance(CallTimes.LongPoll + CallTimes.Silence - TimeSpan.FromTicks(1));
        queue.Tick();
        Assert.Equal(1, queue.Depth);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(queue.Tick());
        Assert.Equal(0, queue.Depth);
    }

    [Fact]
    public void Updates_lost_in_one_tick_are_all_reported()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Shared));
        _ = queue.Reserve(Request(2, ReservationMode.Shared));
        queue.Advance();
        Clock.Advance(Lease);
        Assert.Equal(2, queue.Tick().Count);
        Assert.True(queue.IsIdle);
    }

    [Fact]
    public void A_restored_update_lasts_for_its_lease_and_replaces_its_own_wait()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(9, ReservationMode.Exclusive));
        queue.Restore([new RememberedReservation(Some.Id(9), ReservationMode.Exclusive, new Holder(new("a"), default, "job"), new("before"), Lease)]);
        Assert.Equal(0, queue.Depth);
        Clock.Advance(Lease - TimeSpan.FromTicks(1));
        Assert.Empty(queue.Tick());
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Single(queue.Tick());
    }

    [Fact]
    public void Holders_are_restored_only_before_the_first_turn()
    {
        var queue = Queue();
        _ = queue.Enqueue(Some.Insert(1));
        queue.Advance();
        Assert.False(queue.IsIdle);
        Assert.Contains("begun", Assert.Throws<InvalidOperationException>(() => queue.Restore([])).Message, StringComparison.Ordinal);
        End(queue);
        Assert.True(queue.IsIdle);
        Assert.Contains("No insert turn", Assert.Throws<InvalidOperationException>(() => End(queue)).Message, StringComparison.Ordinal);

        _ = queue.Reserve(Request(2, ReservationMode.Exclusive));
        queue.Advance();
        Assert.False(queue.IsIdle);
        Assert.Throws<InvalidOperationException>(() => queue.Restore([]));
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
