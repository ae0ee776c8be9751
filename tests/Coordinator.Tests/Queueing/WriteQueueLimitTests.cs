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
