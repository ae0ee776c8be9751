using Coordinator.Core.Contention;
using Coordinator.Core.Queueing;
using Coordinator.Receipts;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Queueing;

/// <summary>What a table keeps of its turns once it is idle: its queue, its account and its latest receipt.</summary>
[Collection(nameof(AloneCollection))]
public sealed class IdleTableMemoryTests
{
    private const int Tables = 1_000;
    private const int MaxBytes = 2_600;

    private static readonly WriteQueueOptions Options = new();

    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void An_idle_table_is_small_however_many_intents_it_had_at_once(int intents)
    {
        // What all tables share.
        _ = IdleTable(intents);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var tables = new object[Tables];
        for (var i = 0; i < Tables; i++) tables[i] = IdleTable(intents);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Tables;
        GC.KeepAlive(tables);
        Assert.InRange(each, 1, MaxBytes);
    }

    private object IdleTable(int intents)
    {
        var account = new TableAccount(Some.Table, "silo-1", _clock);
        var activation = account.Open(null);
        var queue = new WriteQueue(Options, _clock, activation);
        var receipts = new ReceiptMemory(1);
        for (var sequence = 0; sequence < intents; sequence++) _ = queue.Enqueue(Some.Insert(sequence));
        while (queue.Advance() is not null)
        {
            queue.EndInsertTurn(entry =>
            {
                var receipt = new WriteReceipt { Id = entry.Id, Status = WriteStatus.Committed };
                receipts.Remember(receipt, Guid.Empty, isDelivered: true);
                return receipt;
            });
        }

        queue.Tick();
        activation.OnTick(queue.Snapshot(), queue.FirstWaiting(ActivationAccount.MaxWaiting));
        return (account, activation, queue, receipts);
    }
}
