using Coordinator.Core.Queueing;
using Coordinator.Grains;
using Coordinator.Receipts;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Queueing;

public sealed class TurnObserverTests : ITurnObserver
{
    private readonly List<(string What, QueueSnapshot Queue)> _seen = [];
    private readonly FakeTimeProvider _clock = new();
    private readonly WriteQueue _queue;

    public TurnObserverTests() => _queue = new WriteQueue(new WriteQueueOptions(), _clock, this);

    [Fact]
    public void What_an_observer_was_given_stays_as_it_was()
    {
        var queued = _clock.GetTimestamp();
        _ = _queue.Enqueue(Some.Insert(0));
        _ = _queue.Reserve(new ReserveRequest
        {
            Id = Some.Id(1),
            Mode = ReservationMode.Shared,
            Source = "job",
            Lease = TimeSpan.FromSeconds(60),
            Holder = new("try"),
        });
        _ = _queue.Advance();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _queue.EndInsertTurn(static entry => new WriteReceipt { Id = entry.Id, Status = WriteStatus.Committed });
        _ = _queue.Advance();
        _queue.Release(Some.Id(1), new("try"));

        var waits = new QueueSnapshot(1, 0, new WaitingEntry(Some.Id(1), "job", queued, ReservationMode.Shared));
        Assert.Equal([("insert starts", waits), ("insert ends", waits), ("update starts", default), ("update ends", default)], _seen);
    }

    void ITurnObserver.OnStarted(InsertTurn turn, in QueueSnapshot queue) => _seen.Add(("insert starts", queue));

    void ITurnObserver.OnEnded(InsertTurn turn, in InsertCounts counts, in QueueSnapshot queue) => _seen.Add(("insert ends", queue));

    void ITurnObserver.OnExpired() => Assert.Fail("No insert waited for too long.");

    void ITurnObserver.OnStarted(in UpdateTurn turn, in QueueSnapshot queue) => _seen.Add(("update starts", queue));

    void ITurnObserver.OnEnded(in UpdateTurn turn, ReservationEnd end, in QueueSnapshot queue) => _seen.Add(("update ends", queue));
}
