using Coordinator.Core.Queueing;
using Coordinator.Grains;
using Coordinator.Receipts;

namespace Coordinator.Tests.Queueing;

/// <summary>Who has the next turn, and what a turn holds.</summary>
public sealed class WriteQueueTests : WriteQueueTestBase
{
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

        queue.Release(Some.Id(100), default);
        Assert.Equal([1], Sequences(queue.Advance()));
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
        var queue = new WriteQueue(new WriteQueueOptions { FlushInterval = TimeSpan.FromSeconds(2), MaxBatchRows = 3 }, Clock);
        Insert(0);
        // The first intent of an idle table does not wait.
        Turn(TimeSpan.FromSeconds(0.1), 0);

        Insert(1);
        Assert.Null(queue.Advance());
        Clock.Advance(TimeSpan.FromSeconds(2));
        // A slow commit is given twice as long.
        Turn(TimeSpan.FromSeconds(4), 1);

        Insert(2);
        Clock.Advance(TimeSpan.FromSeconds(7.9));
        Assert.Null(queue.Advance());
        Clock.Advance(TimeSpan.FromSeconds(0.1));
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
            Clock.Advance(takes);
            queue.EndInsertTurn(static e => new WriteReceipt { Id = e.Id, Status = WriteStatus.Committed });
        }
    }
}
