using Coordinator.Core.Queueing;

namespace Coordinator.Tests.Queueing;

/// <summary>When the next insert turn may begin.</summary>
public sealed class FlushPaceTests : WriteQueueTestBase
{
    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(1, 2)]
    [InlineData(4, 8)]
    [InlineData(15, 30)]
    [InlineData(200, 30)]
    public void The_next_turn_waits_for_the_interval_or_twice_the_last_turn_and_at_most_half_a_minute(double lasted, double waits)
    {
        var queue = Queue(new WriteQueueOptions { FlushInterval = TimeSpan.FromSeconds(2) });
        _ = queue.Enqueue(Some.Insert(0));
        Assert.NotNull(queue.Advance());
        Clock.Advance(TimeSpan.FromSeconds(lasted));
        End(queue);
        _ = queue.Enqueue(Some.Insert(1));
        Clock.Advance(TimeSpan.FromSeconds(waits) - TimeSpan.FromMilliseconds(1));
        Assert.Null(queue.Advance());
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotNull(queue.Advance());
    }

    [Fact]
    public void The_queue_says_for_how_long_the_pace_alone_keeps_an_insert()
    {
        var queue = Queue(new WriteQueueOptions { FlushInterval = TimeSpan.FromSeconds(2), MaxBatchRows = 2 });
        Assert.Equal(TimeSpan.Zero, queue.KeptByPace);
        _ = queue.Enqueue(Some.Insert(0));
        Assert.Equal(TimeSpan.Zero, queue.KeptByPace);
        queue.Advance();
        _ = queue.Enqueue(Some.Insert(1));
        Assert.Equal(TimeSpan.Zero, queue.KeptByPace);
        End(queue);
        Assert.Equal(TimeSpan.FromSeconds(2), queue.KeptByPace);
        Clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(TimeSpan.FromSeconds(0.5), queue.KeptByPace);
        _ = queue.Enqueue(Some.Insert(2));
        Assert.Equal(TimeSpan.Zero, queue.KeptByPace);
    }

    [Fact]
    public void Without_an_interval_every_turn_is_due()
    {
        var queue = Queue();
        _ = queue.Enqueue(Some.Insert(0));
        queue.Advance();
        Clock.Advance(TimeSpan.FromSeconds(5));
        End(queue);
        _ = queue.Enqueue(Some.Insert(1));
        Assert.NotNull(queue.Advance());
    }
}
