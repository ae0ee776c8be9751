using Coordinator.Core.Ledger;
using Coordinator.Intents;

namespace Coordinator.Core.Warehouses;

/// <summary>A committed batch.</summary>
/// <param name="CommittedAt">The warehouse's clock immediately before COMMIT.</param>
/// <param name="Already">The intents that were omitted because they are in the ledger, with their ledger rows.</param>
public sealed record BatchResult(DateTimeOffset CommittedAt, IReadOnlyDictionary<IntentId, KnownRange> Already)
{
    /// <summary>The rejections of single intents whose rows were left out, each with its <see cref="WarehouseException.Intent"/>. Only for a batch
    /// with <see cref="InsertBatch.LeavesOutRejected"/>.</summary>
    public IReadOnlyList<WarehouseException> Rejected { get; init; } = [];

    /// <summary>No omitted intents.</summary>
    public static readonly IReadOnlyDictionary<IntentId, KnownRange> None = new Dictionary<IntentId, KnownRange>();

    /// <summary>A batch without rows to write: its transaction was rolled back.</summary>
    public static BatchResult WithoutRows(IReadOnlyDictionary<IntentId, KnownRange> already)
    {
        ArgumentNullException.ThrowIfNull(already);
        return new(already.Values.Select(static known => known.Entry.CommittedAt).DefaultIfEmpty().Max(), already);
    }
}
