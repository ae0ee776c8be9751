using Coordinator.Intents;

namespace Coordinator.Grains;

/// <summary>Looks intents up in the warehouse's ledgers, for callers that know only the id. Keyed by 0.</summary>
[Alias("coordinator.ILedgerGrain")]
public interface ILedgerGrain : IGrainWithIntegerKey
{
    /// <summary>The committed intent, or null if no ledger has it.</summary>
    [Alias("Find")]
    Task<LedgerRecord?> FindAsync(IntentId id);
}
