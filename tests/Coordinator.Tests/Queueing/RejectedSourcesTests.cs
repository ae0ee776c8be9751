using Coordinator.Core.Queueing;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Tests.Queueing;

/// <summary>Sources whose rows were rejected have turns of their own.</summary>
public sealed class RejectedSourcesTests : WriteQueueTestBase
{
    [Fact]
    public void After_a_rejection_the_source_has_turns_of_its_own_and_all_keep_their_order()
    {
        var queue = QueueAfterRejectionOf("bad");
        Enqueue(queue, (1, "good"), (2, "bad"), (3, "other"), (4, "bad"), (5, "good"));

        var turn = queue.Advance();
        Assert.Equal([1, 3, 5], Sequences(turn));
        Assert.False(turn!.IsOfRejected);
        Assert.Equal(2, queue.Depth);
        End(queue);

        // A stream of other inserts does not keep the source waiting: its insert is the first one now.
        Enqueue(queue, (6, "good"), (7, "bad"));
        turn = queue.Advance();
        Assert.Equal([2, 4, 7], Sequences(turn));
        Assert.True(turn!.IsOfRejected);
        End(queue);
        Assert.Equal([6], Sequences(queue.Advance()));
        End(queue);
        Assert.True(queue.IsIdle);
        Assert.Equal(0, queue.WaitingBytes);
    }

    [Fact]
    public void After_a_minute_without_a_rejection_the_source_shares_turns_again()
    {
        var queue = QueueAfterRejectionOf("bad");
        Clock.Advance(TimeSpan.FromSeconds(59));
        Enqueue(queue, (1, "good"), (2, "bad"));
        Assert.Equal([1], Sequences(queue.Advance()));
        End(queue);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Enqueue(queue, (3, "good"));
        Assert.Equal([2, 3], Sequences(queue.Advance()));
    }

    [Fact]
    public void No_insert_passes_an_update()
    {
        var queue = QueueAfterRejectionOf("bad");
        Enqueue(queue, (1, "bad"), (2, "good"));
        _ = queue.Reserve(Request(3, ReservationMode.Exclusive));
        Enqueue(queue, (4, "bad"), (5, "good"));

        Assert.Equal([1], Sequences(queue.Advance()));
        End(queue);
        Assert.Equal([2], Sequences(queue.Advance()));
        End(queue);
        Assert.Null(queue.Advance());
        Assert.Single(queue.Holders);
    }

    [Fact]
    public void An_expired_insert_that_was_passed_over_is_dropped()
    {
        var queue = QueueAfterRejectionOf("bad");
        Enqueue(queue, (1, "good"));
        var passed = queue.Enqueue(Insert(2, "bad", TimeSpan.FromSeconds(5)));
        Assert.Equal([1], Sequences(queue.Advance()));
        Clock.Advance(TimeSpan.FromSeconds(5));
        End(queue);
        Assert.Null(queue.Advance());
        Assert.IsType<Coordinator.Errors.IntentExpiredException>(passed.Exception!.InnerException);
        Assert.True(queue.IsIdle);
    }

    [Fact]
    public void Sources_beyond_a_thousand_share_turns_with_the_others()
    {
        var queue = Queue();
        var sources = Enumerable.Range(0, 1001).Select(static i => $"source {i}").ToArray();
        RejectAll(queue, sources);
        Enqueue(queue, [.. sources.Select(static (source, i) => (2000L + i, source))]);
        Assert.Equal(1000, queue.Advance()!.Entries.Count);
        End(queue);

        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([3000], Sequences(queue.Advance()));
        // The old ones are forgotten when a new one comes.
        queue.EndInsertTurn(Reject);
        Enqueue(queue, (4000, sources[0]), (4001, sources[1000]));
        Assert.Equal([4000], Sequences(queue.Advance()));
    }

    private WriteQueue QueueAfterRejectionOf(string source)
    {
        var queue = Queue();
        RejectAll(queue, source);
        return queue;
    }

    private static void RejectAll(WriteQueue queue, params string[] sources)
    {
        Enqueue(queue, [.. sources.Select(static (source, i) => (10_000L + i, source))]);
        Assert.NotNull(queue.Advance());
        queue.EndInsertTurn(Reject);
    }

    private static IntentOutcome Reject(InsertEntry entry) => WriteReceipt.Rejected(entry.Id, RowError.OfIntent("a check"));

    private static void Enqueue(WriteQueue queue, params (long Sequence, string Source)[] inserts)
    {
        foreach (var (sequence, source) in inserts) _ = queue.Enqueue(Insert(sequence, source));
    }

    private static InsertIntent Insert(long sequence, string source, TimeSpan maxWait = default) =>
        new() { Id = Some.Id(sequence), Table = Some.Table, Rows = Some.Rows(), Source = source, MaxWait = maxWait };
}
