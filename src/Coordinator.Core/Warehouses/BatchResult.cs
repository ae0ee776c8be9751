using Coordinator.Core.Ledger;
using Coordinator.Intents;

namespace Coordinator.Core.Warehouses;

/// <summary>A committed batch.</summary>
/// <param name="CommittedAt">The warehouse's clock immediately before COMMIT.</param>
/// <param name="Already">The intents that were omitted because they are in the ledger, with their ledger rows.</param>
public sealed record BatchResult(DateTimeOffset CommittedAt, IReadOnlyDictionary<IntentId, KnownRange> Already)
{
    /// <summary>No omitted intents.</summary>
    public static readonly IReadOnlyDictionary<IntentId, KnownRange> None = new Dictionary<IntentId, KnownRange>();
}
