using Coordinator.Core.Committing;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Core.Queueing;

/// <summary>The latest receipts, so that a repeated submission needs no transaction. Bounded; the ledger has the rest.</summary>
public sealed class ReceiptMemory(int capacity)
{
    private readonly Dictionary<IntentId, (WriteReceipt Receipt, Guid Content, bool IsDelivered)> _receipts = [];
    private readonly Queue<IntentId> _order = new();

    /// <summary>The receipt of an intent, or null if it is not remembered.</summary>
    public WriteReceipt? Find(IntentId id) => _receipts.TryGetValue(id, out var known) ? known.Receipt : null;

    /// <summary>The receipt for a submission of a committed intent, or null if none is remembered. The first submission after "pending" gets the
    /// receipt itself; later ones get "already committed". Other content under the id is refused. A rejection does not answer a new submission,
    /// because the table may have changed.</summary>
    public WriteReceipt? Deliver(InsertIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (!_receipts.TryGetValue(intent.Id, out var known) || !known.Receipt.IsCommitted) return null;
        if (KnownReceipt.IsOther(intent.ContentHash, known.Content)) return KnownReceipt.OtherContent(known.Receipt);
        if (known.IsDelivered) return known.Receipt with { Status = WriteStatus.AlreadyCommitted };
        _receipts[intent.Id] = (known.Receipt, known.Content, true);
        return known.Receipt;
    }

    /// <summary>Remembers a receipt and drops the oldest beyond the capacity. The refusal of other content under a committed id is not that id's
    /// receipt.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="content">The hash of the intent's content; empty if it has none.</param>
    /// <param name="isDelivered">Whether a caller waits for it now.</param>
    public void Remember(WriteReceipt receipt, Guid content, bool isDelivered)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        if (receipt is { Status: WriteStatus.Rejected, CommittedAt: not null }) return;
        if (!_receipts.ContainsKey(receipt.Id)) _order.Enqueue(receipt.Id);
        _receipts[receipt.Id] = (receipt, content, isDelivered);
        if (_order.Count > capacity) _receipts.Remove(_order.Dequeue());
    }
}
