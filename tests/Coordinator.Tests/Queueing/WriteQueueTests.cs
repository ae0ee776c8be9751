using Coordinator.Core.Queueing;
using Coordinator.Core.Reservations;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Receipts;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Queueing;

public sealed class WriteQueueTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Consecutive_inserts_share_a_turn()
    {
        var queue = Queue();
        for (var i = 0; i < 5; i++) _ = queue.Enqueue(Some.Insert(i));

        Assert.Equal([0, 1, 2, 3, 4], Sequences(queue.Advance()));
        Assert.Null(queue.Advance());
    }

    [Fact]
    public void While_one_turn_runs_the_next_one_gathers()
    {
        var queue = Queue();
        _ = queue.Enqueue(Some.Insert(0));
        var first = queue.Advance();
        _ = queue.Enqueue(Some.Insert(1));
        _ = queue.Enqueue(Some.Insert(2));

        Assert.Equal([0], Sequences(first));
        Assert.Null(queue.Advance());
        End(queue);
        Assert.Equal([1, 2], Sequences(queue.Advance()));
    }

    [Fact]
    public void A_turn_ends_at_its_limit_of_rows()
    {
        var queue = Queue(new WriteQueueOptions { MaxBatchRows = 10 });
        foreach (var i in Enumerable.Range(0, 3)) _ = queue.Enqueue(Some.Insert(i, rows: 4));

        Assert.Equal([0, 1], Sequences(queue.Advance()));
    }

    [Fact]
    public void A_turn_ends_at_its_limit_of_bytes()
    {
        var queue = Queue(new WriteQueueOptions { MaxBatchBytes = Some.Rows().SizeBytes * 2 });
        foreach (var i in Enumerable.Range(0, 3)) _ = queue.Enqueue(Some.Insert(i));

        Assert.Equal([0, 1], Sequences(queue.Advance()));
    }

    [Fact]
    public void An_intent_larger_than_a_turn_stands_alone()
    {
        var queue = Queue(new WriteQueueOptions { MaxBatchRows = 10 });
        _ = queue.Enqueue(Some.Insert(0, rows: 100));
        _ = queue.Enqueue(Some.Insert(1));

        Assert.Equal([0], Sequences(queue.Advance()));
    }

    [Fact]
    public void Inserts_into_other_columns_take_another_turn()
    {
        var queue = Queue();
        _ = queue.Enqueue(Some.Insert(0));
        _ = queue.Enqueue(Some.Insert(1, column: "other"));

        Assert.Equal([0], Sequences(queue.Advance()));
    }

    [Fact]
    public async Task An_insert_does_not_overtake_a_waiting_update()
    {
        var queue = Queue();
        _ = queue.Enqueue(Some.Insert(0));
        queue.Advance();
        var granted = queue.Reserve(Request(100, ReservationMode.Exclusive));
        _ = queue.Enqueue(Some.Insert(1));

        End(queue);
        Assert.Null(queue.Advance());
        Assert.True(granted.IsCompleted);
        Assert.True(await granted);

        queue.Release(Some.Id(100), "");
        Assert.Equal([1], Sequences(queue.Advance()));
    }

    [Fact]
    public void Readers_share_the_table_and_a_writer_waits_for_all_of_them()
    {
        var queue = Queue();
        var readers = new[] { queue.Reserve(Request(1, ReservationMode.Shared)), queue.Reserve(Request(2, ReservationMode.Shared)) };
        var writer = queue.Reserve(Request(3, ReservationMode.Exclusive));
        queue.Advance();

        Assert.All(readers, static r => Assert.True(r.IsCompleted));
        Assert.False(writer.IsCompleted);
        queue.Release(Some.Id(1), "");
        queue.Advance();
        Assert.False(writer.IsCompleted);
        queue.Release(Some.Id(2), "");
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
    public async Task Asking_again_joins_instead_of_queueing_twice()
    {
        var queue = Queue();
        var receipt = queue.Enqueue(Some.Insert(0));
        var again = queue.Join(Some.Id(0));
        queue.Advance();
        End(queue);

        Assert.Same(await receipt, await again!);
        Assert.Null(queue.Join(Some.Id(0)));
    }

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
        _clock.Advance(new WriteQueueOptions().LongPoll);
        queue.Tick();
        Assert.Equal(WriteStatus.Pending, (await receipt).Status);

        var joined = queue.Join(Some.Id(0));
        queue.Release(Some.Id(9), "");
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
        _clock.Advance(TimeSpan.FromSeconds(2));
        queue.Tick();

        await Assert.ThrowsAsync<IntentExpiredException>(() => late);
        Assert.False(patient.IsCompleted);
        Assert.Equal(1, queue.Depth);
    }

    [Fact]
    public void An_update_that_is_not_heard_of_again_loses_the_table()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive));
        queue.Advance();
        _ = queue.Enqueue(Some.Insert(0));
        _clock.Advance(Lease);

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
        _clock.Advance(Lease / 2);
        Assert.True(await queue.Reserve(request.ToRenewal()));
        _clock.Advance(Lease * 0.75);

        Assert.Empty(queue.Tick());
        Assert.False(await queue.Reserve(Request(2, ReservationMode.Exclusive).ToRenewal()));
        Assert.Equal(0, queue.Depth);
    }

    [Fact]
    public async Task Closing_turns_everybody_away()
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

    [Fact]
    public async Task Another_try_of_an_update_takes_its_place_over_and_the_one_before_is_refused()
    {
        var queue = Queue();
        var first = Request(1, ReservationMode.Exclusive) with { Holder = "a" };
        _ = queue.Reserve(first);
        queue.Advance("g");
        Assert.True(await queue.Reserve(first with { Holder = "b" }));
        Assert.False(await queue.Reserve(first.ToRenewal()));
        queue.Release(first.Id, "a");
        Assert.True(await queue.Reserve((first with { Holder = "b" }).ToRenewal()));
        Assert.Equal("g", queue.GrantorOf(first.Id));
    }

    [Fact]
    public async Task Whom_the_predecessor_let_in_holds_the_table_before_anybody_else()
    {
        var queue = Queue();
        var holder = new Holder("a", "", "job");
        var insert = queue.Enqueue(Some.Insert(1));
        queue.Restore([new RememberedHold(Some.Id(9), ReservationMode.Exclusive, holder, "before", Lease)]);
        Assert.Null(queue.Advance());
        Assert.False(insert.IsCompleted);
        Assert.True(await queue.Reserve((Request(9, ReservationMode.Exclusive) with { Holder = "a" }).ToRenewal()));
        Assert.Equal("before", queue.GrantorOf(Some.Id(9)));
        queue.Release(Some.Id(9), "a");
        Assert.NotNull(queue.Advance());
    }

    [Fact]
    public void A_hold_ends_with_its_silo()
    {
        var queue = Queue();
        _ = queue.Reserve(Request(1, ReservationMode.Exclusive) with { Silo = "gone" });
        _ = queue.Reserve(Request(2, ReservationMode.Exclusive) with { Silo = "here" });
        queue.Advance();
        Assert.Equal([Some.Id(1)], queue.Tick(static silo => silo == "gone").Select(static e => e.Id));
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
        _clock.Advance(new WriteQueueOptions().LongPoll);
        queue.Tick();
        queue.Release(Some.Id(1), "");
        queue.Advance();
        Assert.Equal(Some.Id(2), queue.Holders[0].Id);
        _clock.Advance(new WriteQueueOptions().Silence);
        Assert.Single(queue.Tick());
    }

    [Fact]
    public void With_a_flush_interval_a_batch_that_is_full_of_bytes_does_not_wait()
    {
        var queue = Queue(new WriteQueueOptions { FlushInterval = TimeSpan.FromSeconds(2), MaxBatchBytes = Some.Rows().SizeBytes * 2 });
        _ = queue.Enqueue(Some.Insert(0));
        Assert.NotNull(queue.Advance());
        End(queue);
        _ = queue.Enqueue(Some.Insert(1));
        Assert.Null(queue.Advance());
        _ = queue.Enqueue(Some.Insert(2));
        Assert.Equal([1, 2], Sequences(queue.Advance()));
    }

    [Fact]
    public void With_a_flush_interval_a_turn_begins_when_it_is_over_or_the_batch_is_full_or_an_update_waits()
    {
        var queue = new WriteQueue(new WriteQueueOptions { FlushInterval = TimeSpan.FromSeconds(2), MaxBatchRows = 3 }, _clock);
        Insert(0);
        // An idle table's first does not wait.
        Turn(TimeSpan.FromSeconds(0.1), 0);

        Insert(1);
        Assert.Null(queue.Advance());
        _clock.Advance(TimeSpan.FromSeconds(2));
        // A slow commit is given twice as long.
        Turn(TimeSpan.FromSeconds(4), 1);

        Insert(2);
        _clock.Advance(TimeSpan.FromSeconds(7.9));
        Assert.Null(queue.Advance());
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Turn(TimeSpan.Zero, 2);

        Insert(3);
        Assert.Null(queue.Advance());
        Insert(4);
        Insert(5);
        Turn(TimeSpan.Zero, 3, 4, 5);

        Insert(6);
        Assert.Null(queue.Advance());
        _ = queue.Reserve(Request(100, ReservationMode.Exclusive));
        Turn(TimeSpan.Zero, 6);

        void Insert(long sequence) => _ = queue.Enqueue(Some.Insert(sequence));
        void Turn(TimeSpan takes, params long[] expected)
        {
            Assert.Equal(expected, Sequences(queue.Advance()));
            _clock.Advance(takes);
            queue.EndInsertTurn(static e => (new WriteReceipt { Id = e.Id, Status = WriteStatus.Committed }, null));
        }
    }

    private static ReserveRequest Request(long sequence, ReservationMode mode) => new() { Id = Some.Id(sequence), Mode = mode, Lease = Lease };

    private static IEnumerable<long> Sequences(InsertTurn? turn)
    {
        Assert.NotNull(turn);
        return turn.Entries.Select(static e => e.Id.Sequence);
    }

    private static void End(WriteQueue queue) =>
        queue.EndInsertTurn(static entry => (new WriteReceipt { Id = entry.Id, Status = WriteStatus.Committed }, null));

    private WriteQueue Queue(WriteQueueOptions? options = null) => new(options ?? new WriteQueueOptions(), _clock);
}
