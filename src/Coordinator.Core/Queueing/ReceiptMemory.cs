using Coordinator.Core.Committing;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Core.Queueing;

/// <summary>The latest receipts, so that a repeated submission needs no transaction. Bounded; the ledger has the rest.</summary>
public sealed class ReceiptMemory(int capacity)
{
    // Up to this number, a search compares each: the index would be larger than the receipts.
    private const int MaxWithoutIndex = 8;

    // In the order in which they came; once it is full, the next one replaces the oldest.
    private Known[] _known = [];
    private int _count;
    private int _oldest;
    private Dictionary<IntentId, int>? _index;

    /// <summary>The receipt of an intent, or null if it is not remembered.</summary>
    public WriteReceipt? Find(IntentId id) => IndexOf(id) is var i and >= 0 ? _known[i].Receipt : null;

    /// <summary>The receipt for a submission of a committed intent, or null if none is remembered. The first submission after "pending" gets the
    /// receipt itself; later ones get "already committed". Other content under the id is refused. A rejection does not answer a new submission,
    /// because the table may have changed.</summary>
    public WriteReceipt? Deliver(InsertIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var i = IndexOf(intent.Id);
        if (i < 0 || !_known[i].Receipt.IsCommitted) return null;
        ref var known = ref _known[i];
        if (KnownReceipt.IsOther(intent.ContentHash, known.Content)) return KnownReceipt.OtherContent(known.Receipt);
        if (known.IsDelivered) return known.Receipt with { Status = WriteStatus.AlreadyCommitted };
        known = known with { IsDelivered = true };
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
        if (capacity == 0 || receipt is { Status: WriteStatus.Rejected, CommittedAt: not null }) return;
        var known = new Known(receipt, content, isDelivered);
        if (IndexOf(receipt.Id) is var i and >= 0) _known[i] = known;
        else Add(known);
    }

    private void Add(in Known known)
    {
        var at = _count < capacity ? _count++ : _oldest;
        if (at == _known.Length) Array.Resize(ref _known, Math.Clamp(2 * at, 1, capacity));
        if (at == _oldest && _known[at].Receipt is { } dropped)
        {
            _oldest = (_oldest + 1) % capacity;
            _index?.Remove(dropped.Id);
        }

        _known[at] = known;
        if (_index is not null) _index[known.Receipt.Id] = at;
        else if (_count > MaxWithoutIndex) _index = Enumerable.Range(0, _count).ToDictionary(i => _known[i].Receipt.Id);
    }

    private int IndexOf(IntentId id)
    {
        if (_index is not null) return _index.GetValueOrDefault(id, -1);
        for (var i = 0; i < _count; i++)
        {
            if (_known[i].Receipt.Id == id) return i;
        }

        return -1;
    }

    private readonly record struct Known(WriteReceipt Receipt, Guid Content, bool IsDelivered);
}
