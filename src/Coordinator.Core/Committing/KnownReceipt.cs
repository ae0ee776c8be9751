using System.Globalization;
using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Core.Committing;

/// <summary>The receipt for an id that is already committed: the same content is accepted, other content is refused.</summary>
public static class KnownReceipt
{
    /// <summary>The receipt from the ledger row. It has the row count if the ledger has it for this intent alone.</summary>
    public static WriteReceipt Of(InsertIntent intent, KnownRange known)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(known);
        var rows = known.Range.First == known.Range.Last ? known.Range.Rows : intent.Rows.RowCount;
        var receipt = new WriteReceipt
        {
            Id = intent.Id,
            Status = WriteStatus.AlreadyCommitted,
            Rows = rows,
            CommittedAt = known.Entry.CommittedAt,
            BatchId = known.Entry.BatchId,
        };
        return IsOther(intent.ContentHash, known.Range.Content) ? OtherContent(receipt) : receipt;
    }

    /// <summary>True if both hashes are known and differ.</summary>
    public static bool IsOther(Guid content, Guid committed) => content != Guid.Empty && committed != Guid.Empty && content != committed;

    /// <summary>The refusal of other content under a committed id. It has the time and the batch of the committed content.</summary>
    /// <param name="committed">The receipt of the committed content.</param>
    public static WriteReceipt OtherContent(WriteReceipt committed)
    {
        ArgumentNullException.ThrowIfNull(committed);
        var when = committed.CommittedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) ?? "an unknown time";
        var reason = $"Intent {committed.Id} was committed with other content at {when} ({committed.Rows} rows, batch {committed.BatchId}). "
            + "Nothing of this submission is written. Give other content another key.";
        return WriteReceipt.Rejected(committed.Id, RowError.OfIntent(reason)) with
        {
            CommittedAt = committed.CommittedAt,
            BatchId = committed.BatchId
        };
    }
}
