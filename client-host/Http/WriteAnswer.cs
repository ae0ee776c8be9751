using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Http;

/// <summary>The outcome of an intent in an HTTP response.</summary>
internal sealed record WriteAnswer
{
    public required string IntentId { get; init; }

    public required string Table { get; init; }

    /// <summary>The path that says what became of the intent later: see <see cref="IntentLink"/>.</summary>
    public required string Self { get; init; }

    public required WriteStatus Status { get; init; }

    public required long Rows { get; init; }

    public DateTimeOffset? CommittedAt { get; init; }

    public Guid? BatchId { get; init; }

    /// <summary>The reasons for a rejection; rows count from 1.</summary>
    public IReadOnlyList<RowError>? Errors { get; init; }

    public static WriteAnswer Of(TableName table, WriteReceipt receipt) => new()
    {
        IntentId = receipt.Id.ToString(),
        Table = table.ToString(),
        Self = new IntentLink(receipt.Id, table).ToString(),
        Status = receipt.Status,
        Rows = receipt.Rows,
        CommittedAt = receipt.CommittedAt,
        BatchId = receipt.IsCommitted ? receipt.BatchId : null,
        Errors = receipt.Errors.Count > 0 ? receipt.Errors : null,
    };
}
