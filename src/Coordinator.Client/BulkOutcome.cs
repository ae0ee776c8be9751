using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Client;

/// <summary>What became of one intent of a <see cref="BulkWriter{T}"/>.</summary>
/// <param name="Id">The intent. Its rows may be submitted again under this id.</param>
/// <param name="FirstRow">The number of its first row among all rows added to the writer, from 1 up.</param>
/// <param name="RowCount">Its rows.</param>
/// <param name="Rows">The rows themselves; null if they made no block.</param>
/// <param name="Receipt">The receipt, if there is one.</param>
/// <param name="Error">Why there is no receipt.</param>
public sealed record BulkOutcome(IntentId Id, long FirstRow, int RowCount, RowBlock? Rows, WriteReceipt? Receipt, Exception? Error)
{
    /// <summary>True once the rows are in the warehouse.</summary>
    public bool IsCommitted => Receipt is { IsCommitted: true };

    /// <inheritdoc/>
    public override string ToString() =>
        $"rows {FirstRow} to {FirstRow + RowCount - 1} (intent {Id}): " + (IsCommitted ? "committed" : Receipt is { Errors: [var first, ..] } ? $"rejected, {first}" : Error?.Message ?? "not committed");
}
