using System.Globalization;
using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Core.Committing;

/// <summary>The receipt of an intent whose id is committed already: the same again is fine, other content under a known id is refused.</summary>
public static class KnownReceipt
{
    /// <summary>By what the ledger has. Its rows are the answer's rows where it knows them for the intent alone.</summary>
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

    /// <summary>The refusal of other content under an id that is committed. It carries what is committed: when, and in which batch.</summary>
    /// <param name="committed">The receipt of what is committed under the id.</param>
    public static WriteReceipt OtherContent(WriteReceipt committed)
    {
        ArgumentNullException.ThrowIfNull(committed);
        var when = committed.CommittedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) ?? "an unknown time";
        var reason = $"Intent {committed.Id} was committed with other content at {when} ({committed.Rows} rows, batch {committed.BatchId}). "
            + "Nothing of this submission is written. Give other content another key.";
        return WriteReceipt.Rejected(committed.Id, RowError.OfIntent(reason)) with { CommittedAt = committed.CommittedAt, BatchId = committed.BatchId };
    }
}
