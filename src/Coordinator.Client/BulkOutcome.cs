using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Client;

/// <summary>The outcome of one intent of a <see cref="BulkWriter{T}"/>.</summary>
/// <param name="Id">The intent. Its rows may be submitted again under this id.</param>
/// <param name="FirstRow">The number of its first row among all rows added to the writer, from 1.</param>
/// <param name="RowCount">The number of its rows.</param>
/// <param name="Rows">The rows; null if they could not form a block.</param>
/// <param name="Receipt">The receipt, if any.</param>
/// <param name="Error">The reason for a missing receipt.</param>
public sealed record BulkOutcome(IntentId Id, long FirstRow, int RowCount, RowBlock? Rows, WriteReceipt? Receipt, Exception? Error)
{
    /// <summary>True once the rows are in the warehouse.</summary>
    public bool IsCommitted => Receipt is { IsCommitted: true };

    /// <inheritdoc/>
    public override string ToString() =>
        $"rows {FirstRow} to {FirstRow + RowCount - 1} (intent {Id}): "
            + (IsCommitted ? "committed" : Receipt is { Errors: [var first, ..] } ? $"rejected, {first}" : Error?.Message ?? "not committed");
}
