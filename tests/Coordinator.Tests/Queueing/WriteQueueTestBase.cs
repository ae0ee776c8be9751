using Coordinator.Core.Queueing;
using Coordinator.Grains;
using Coordinator.Receipts;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Queueing;

/// <summary>A queue under a fake clock.</summary>
public abstract class WriteQueueTestBase
{
    private protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private protected FakeTimeProvider Clock { get; } = new();

    private protected static ReserveRequest Request(long sequence, ReservationMode mode) =>
        new() { Id = Some.Id(sequence), Mode = mode, Lease = Lease };

    private protected static IEnumerable<long> Sequences(InsertTurn? turn)
    {
        Assert.NotNull(turn);
        return turn.Entries.Select(static e => e.Id.Sequence);
    }

    private protected static void End(WriteQueue queue) =>
        queue.EndInsertTurn(static entry => new WriteReceipt { Id = entry.Id, Status = WriteStatus.Committed });

    private protected WriteQueue Queue(WriteQueueOptions? options = null) => new(options ?? new WriteQueueOptions(), Clock);
}
