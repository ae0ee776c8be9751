using System.Runtime.CompilerServices;
using Coordinator.Core.Queueing;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Receipts;

namespace Coordinator.Tests.Queueing;

/// <summary>How much waits, and for how long.</summary>
public sealed class WriteQueueLimitTests : WriteQueueTestBase
{
    [Fact]
    public void A_full_queue_refuses_with_a_hint()
    {
        var queue = Queue(new WriteQueueOptions { MaxQueuedIntents = 2, RetryAfter = TimeSpan.FromSeconds(3) });
        _ = queue.Enqueue(Some.Insert(0));
        _ = queue.Enqueue(Some.Insert(1));

        var full = Assert.Throws<QueueFullException>(() => { _ = queue.Enqueue(Some.Insert(2)); });
        Assert.Equal(TimeSpan.FromSeconds(3), full.RetryAfter);
        Assert.Equal(2, queue.Depth);
    }

    [Fact]
    public void A_queue_is_bounded_by_bytes_too()
    {
        var queue = Queue(new WriteQueueOptions { MaxQueuedBytes = Some.Rows(10).SizeBytes });
        _ = queue.Enqueue(Some.Insert(0, rows: 10));

        Assert.Throws<QueueFullException>(() => { _ = queue.Enqueue(Some.Insert(1)); });
    }

    [Fact]
    public async Task The_queues_of_a_silo_are_bounded_together_and_give_their_room_back()
    {
        var bytes = new StrongBox<long>();
        var options = new WriteQueueOptions { MaxSiloQueuedBytes = 2 * Some.Rows().SizeBytes };
        var (first, second) = (new WriteQueue(options, Clock, siloBytes: bytes), new WriteQueue(options, Clock, siloBytes: bytes));
        _ = first.Enqueue(Some.Insert(0));
        var expiring = second.Enqueue(Some.Insert(1, maxWait: TimeSpan.FromSeconds(1)));
        var full = Assert.Throws<QueueFullException>(() => { _ = second.Enqueue(Some.Insert(2)); });
        Assert.Contains("this silo", full.Message, StringComparison.Ordinal);
        Assert.Equal(1, second.Depth);

        // By a turn, by expiry, by the end of the activation.
        Assert.Equal([0], Sequences(first.Advance()));
        _ = first.Enqueue(Some.Insert(3));
        Clock.Advance(TimeSpan.FromSeconds(1));
        second.Tick();
        await Assert.ThrowsAsync<IntentExpiredException>(() => expiring);
        _ = second.Enqueue(Some.Insert(4));
        first.Close(new TableMovedException("moved"));
        _ = second.Enqueue(Some.Insert(5));
        Assert.Equal(2 * Some.Rows().SizeBytes, bytes.Value);
        second.Close(new TableMovedException("moved"));
        Assert.Equal(0, bytes.Value);
    }

    [Fact]
    public async Task Whoever_waits_long_hears_pending_and_may_come_back()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(9, ReservationMode.Exclusive) with { Lease = TimeSpan.FromHours(1) });
        queue.Advance();
        var receipt = queue.Enqueue(Some.Insert(0));
        Clock.Advance(CallTimes.LongPoll);
        queue.Tick();
        Assert.Equal(WriteStatus.Pending, (await receipt).Status);

        var joined = queue.Join(Some.Id(0));
        queue.Release(Some.Id(9), default);
        queue.Advance();
        End(queue);
        Assert.Equal(WriteStatus.Committed, (await joined!).Status);
    }

    [Fact]
    public async Task An_intent_that_waited_too_long_is_dropped_and_says_so()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(9, ReservationMode.Exclusive) with { Lease = TimeSpan.FromHours(1) });
        queue.Advance();
        var late = queue.Enqueue(Some.Insert(0, maxWait: TimeSpan.FromSeconds(2)));
        var patient = queue.Enqueue(Some.Insert(1));
        Clock.Advance(TimeSpan.FromSeconds(2));
        queue.Tick();

        await Assert.ThrowsAsync<IntentExpiredException>(() => late);
        Assert.False(patient.IsCompleted);
        Assert.Equal(1, queue.Depth);
    }

    [Fact]
    public void The_refusal_of_a_full_queue_says_how_much_waits_and_when_to_try_again()
    {
        var queue = Queue(new WriteQueueOptions { MaxQueuedIntents = 1, RetryAfter = TimeSpan.FromSeconds(2.5) });
        _ = queue.Enqueue(Some.Insert(0));
        var full = Assert.Throws<QueueFullException>(() => { _ = queue.Enqueue(Some.Insert(1)); });
        Assert.Equal(
            $"The queue of public.events is full: 1 intents of {queue.WaitingBytes} bytes wait. Try again in 2.5 s.", full.Message);
    }

    [Fact]
    public async Task An_expired_intent_says_how_long_it_waited_leaves_the_queues_limits_and_begins_no_turn()
    {
        var queue = Queue(new WriteQueueOptions { MaxQueuedIntents = 1 });
        var late = queue.Enqueue(Some.Insert(0, maxWait: TimeSpan.FromSeconds(2)));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(queue.Advance());
        var expired = await Assert.ThrowsAsync<IntentExpiredException>(() => late);
        Assert.Equal(
            $"Intent {Some.Id(0)} waited 2 s for public.events, longer than it may. This submission wrote nothing.", expired.Message);
        Assert.Equal((0, 0L), (queue.Depth, queue.WaitingBytes));
        Assert.False(queue.Contains(Some.Id(0)));
        var again = queue.Enqueue(Some.Insert(0));
        Assert.Equal([0], Sequences(queue.Advance()));
        End(queue);
        Assert.Equal(WriteStatus.Committed, (await again).Status);
    }

    [Fact]
    public async Task A_withdrawn_entry_in_front_of_the_line_is_passed_over_and_counted_once()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(9, ReservationMode.Exclusive) with { Lease = TimeSpan.FromHours(1) });
        queue.Advance();
        var late = queue.Enqueue(Some.Insert(0, maxWait: TimeSpan.FromSeconds(2)));
        _ = queue.Enqueue(Some.Insert(1));
        Clock.Advance(TimeSpan.FromSeconds(2));
        queue.Tick();
        await Assert.ThrowsAsync<IntentExpiredException>(() => late);
        queue.Release(Some.Id(9), default);
        Assert.Equal([1], Sequences(queue.Advance()));
        _ = queue.Enqueue(Some.Insert(2));
        Assert.Equal(1, queue.Depth);
    }

    [Fact]
    public async Task The_first_reason_for_closing_is_the_one_that_callers_hear()
    {
        var queue = Queue();
        queue.Close(new TableMovedException("first"));
        queue.Close(new TableMovedException("second"));
        Assert.Equal("first", (await Assert.ThrowsAsync<TableMovedException>(() => queue.Enqueue(Some.Insert(0)))).Message);
    }

    [Fact]
    public async Task Closing_fails_all_callers()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive));
        queue.Advance();
        var insert = queue.Enqueue(Some.Insert(0));
        var update = queue.Reserve(Request(2, ReservationMode.Exclusive));
        queue.Close(new TableMovedException("moved"));

        await Assert.ThrowsAsync<TableMovedException>(() => insert);
        await Assert.ThrowsAsync<TableMovedException>(() => update);
        Assert.True(queue.IsIdle);
        // Who comes later is turned away like those who were there.
        Assert.Throws<TableMovedException>(() => { _ = queue.Enqueue(Some.Insert(1)); });
        Assert.Throws<TableMovedException>(() => { _ = queue.Reserve(Request(3, ReservationMode.Exclusive)); });
    }
}
