using Coordinator.Core.Contention;
using Coordinator.Core.Queueing;
using Coordinator.Grains;
using Coordinator.Receipts;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Contention;

/// <summary>A table's account, fed by a queue on a fake clock.</summary>
internal sealed class AccountedQueue
{
    public AccountedQueue()
    {
        Account = new TableAccount(Some.Table, "silo-1", Clock);
        Activation = Account.Open(null);
        Queue = new WriteQueue(new WriteQueueOptions(), Clock, Activation);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public TableAccount Account { get; }

    public ActivationAccount Activation { get; }

    public WriteQueue Queue { get; }

    public static void Look(ActivationAccount activation, WriteQueue queue) =>
        activation.OnTick(queue.Snapshot(), queue.FirstWaiting(ActivationAccount.MaxWaiting));

    public void Look() => Look(Activation, Queue);

    public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    public void Insert(long sequence, int rows = 1) => _ = Queue.Enqueue(Some.Insert(sequence, rows));

    public void Reserve(long sequence, ReservationMode mode, string source, bool advance = true)
    {
        _ = Queue.Reserve(new ReserveRequest
        {
            Id = Some.Id(sequence),
            Mode = mode,
            Source = source,
            Lease = TimeSpan.FromSeconds(60),
            Holder = new("try"),
        });
        if (advance) Queue.Advance();
    }

    public void RunInserts(double seconds)
    {
        Assert.NotNull(Queue.Advance());
        Pass(seconds);
        Queue.EndInsertTurn(static entry => new WriteReceipt { Id = entry.Id, Status = WriteStatus.Committed });
    }
}
