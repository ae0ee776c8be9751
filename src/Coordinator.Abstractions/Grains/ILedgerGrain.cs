using Coordinator.Intents;

namespace Coordinator.Grains;

/// <summary>Looks intents up in the warehouse's ledgers. Keyed by 0.</summary>
[Alias("coordinator.ILedgerGrain")]
public interface ILedgerGrain : IGrainWithIntegerKey
{
    /// <summary>The committed intent, or null if no ledger has it: for callers that know only the id.</summary>
    [Alias("Find")]
    Task<LedgerRecord?> FindAsync(IntentId id);

    /// <summary>The rows of one table's ledger that overlap with any of these ranges, whether or not the table still stands.</summary>
    [Alias("FindRanges")]
    Task<FindRangesResponse> FindRangesAsync(FindRangesRequest request);
}
