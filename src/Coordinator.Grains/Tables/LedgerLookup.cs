using Coordinator.Core.Ledger;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Grains.Tables;

/// <summary>Looks up intents in a table's ledger before they are rejected.</summary>
internal sealed class LedgerLookup(
    IWarehouse warehouse, TableName table, WarehouseRetry retry, Action<WarehouseException> onRetry, TimeProvider clock)
{
    // Most tables never reject an intent.
    private OneAtATime<KnownRanges>? _questions;
    private HashSet<IntentId>? _gathering;

    /// <summary>True if nothing is asked now.</summary>
    public bool IsQuiet => _questions is null or { IsQuiet: true };

    /// <summary>The ledger row that contains the intent, or null.</summary>
    /// <exception cref="WarehouseException">The ledger does not answer.</exception>
    public async Task<KnownRange?> FindAsync(IntentId id, CancellationToken cancellationToken)
    {
        (_gathering ??= []).Add(id);
        _questions ??= new OneAtATime<KnownRanges>(AskAsync, TimeSpan.Zero, clock);
        return (await _questions.AskAsync(cancellationToken)).Find(id);
    }

    private async Task<KnownRanges> AskAsync(CancellationToken cancellationToken)
    {
        var asked = SequenceRanges.Of(_gathering!);
        _gathering = null;
        return new KnownRanges(
            await retry.ExecuteAsync(async token => await warehouse.FindRangesAsync(table, asked, token), onRetry, cancellationToken));
    }
}
