using Coordinator.Intents;

namespace Coordinator.Grains;

/// <summary>Finds intents in the warehouse's ledgers. Its key is 0.</summary>
[Alias("coordinator.ILedgerGrain")]
public interface ILedgerGrain : IGrainWithIntegerKey
{
    /// <summary>The committed intent, or null if no ledger has it. For callers that know only the id.</summary>
    [Alias("Find")]
    Task<LedgerRecord?> FindAsync(IntentId id);

    /// <summary>The rows of one table's ledger that overlap with any of these ranges, even if the table no longer exists.</summary>
    [Alias("FindRanges")]
    Task<FindRangesResponse> FindRangesAsync(FindRangesRequest request);
}
