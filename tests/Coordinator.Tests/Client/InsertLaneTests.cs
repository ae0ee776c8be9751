using Coordinator.Client.Submitting;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Receipts;

namespace Coordinator.Tests.Client;

public sealed class InsertLaneTests
{
    [Fact]
    public async Task Intents_that_travel_together_have_each_their_own_outcome()
    {
        var first = new TaskCompletionSource();
        var table = new FakeTable(async id =>
        {
            if (id.Sequence == 0) await first.Task;
            if (id.Sequence % 10 == 3) throw new QueueFullException($"full for {id.Sequence}");
            return new WriteReceipt { Id = id, Status = WriteStatus.Committed, Rows = id.Sequence };
        });
        var lane = new InsertLane(table, new AttemptTimeout(TimeProvider.System));

        var answers = Enumerable.Range(0, 2000).Select(i => lane.SendAsync(Some.Insert(i), CallTimes.Response)).ToArray();
        await answers[1];
        first.SetResult();

        for (var i = 0; i < answers.Length; i++)
        {
            if (i % 10 == 3) Assert.Equal($"full for {i}", (await Assert.ThrowsAsync<QueueFullException>(() => answers[i])).Message);
            else Assert.Equal(i, (await answers[i]).Rows);
        }

        Assert.InRange(table.Messages, 1, 1999);
    }

    [Fact]
    public async Task A_message_that_fails_fails_every_intent_in_it()
    {
        var first = new TaskCompletionSource<WriteReceipt>();
        var lane = new InsertLane(new FakeTable(id => id.Sequence == 0 ? first.Task : throw new TimeoutException("no answer")),
            new AttemptTimeout(TimeProvider.System));

        var answers = Enumerable.Range(0, 100).Select(i => lane.SendAsync(Some.Insert(i), CallTimes.Response)).ToArray();

        first.SetException(new TimeoutException("no answer"));
        foreach (var answer in answers) await Assert.ThrowsAsync<TimeoutException>(() => answer);
    }
}
