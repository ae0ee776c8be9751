using Coordinator.Core.Ledger;
using Coordinator.Intents;

namespace Coordinator.Core.Warehouses;

/// <summary>A committed batch.</summary>
/// <param name="CommittedAt">The warehouse's clock just before COMMIT.</param>
/// <param name="Already">The intents that were left out because the ledger had them, with the rows of the ledger that have them.</param>
public sealed record BatchResult(DateTimeOffset CommittedAt, IReadOnlyDictionary<IntentId, KnownRange> Already)
{
    /// <summary>No intent left out.</summary>
    public static readonly IReadOnlyDictionary<IntentId, KnownRange> None = new Dictionary<IntentId, KnownRange>();
}
