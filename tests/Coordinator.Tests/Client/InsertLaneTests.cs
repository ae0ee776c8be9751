using Coordinator.Client.Submitting;
using Coordinator.Errors;
using Coordinator.Receipts;

namespace Coordinator.Tests.Client;

public sealed class InsertLaneTests
{
    [Fact]
    public async Task Intents_that_travel_together_have_each_their_own_outcome()
    {
        var table = new FakeTable(static id => id.Sequence % 10 == 3
            ? Task.FromException<WriteReceipt>(new QueueFullException($"full for {id.Sequence}"))
            : Task.FromResult(new WriteReceipt { Id = id, Status = WriteStatus.Committed, Rows = id.Sequence }));
        var lane = new InsertLane(table);

        var answers = Enumerable.Range(0, 2000).Select(i => lane.SendAsync(Some.Insert(i))).ToArray();

        for (var i = 0; i < answers.Length; i++)
        {
            if (i % 10 == 3) Assert.Equal($"full for {i}", (await Assert.ThrowsAsync<QueueFullException>(() => answers[i])).Message);
            else Assert.Equal(i, (await answers[i]).Rows);
        }
    }

    [Fact]
    public async Task A_message_that_fails_fails_every_intent_in_it()
    {
        var lane = new InsertLane(new FakeTable(static _ => throw new TimeoutException("no answer")));

        var answers = Enumerable.Range(0, 100).Select(i => lane.SendAsync(Some.Insert(i))).ToArray();

        foreach (var answer in answers) await Assert.ThrowsAsync<TimeoutException>(() => answer);
    }
}
