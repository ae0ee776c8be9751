using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;
using Polly;

namespace Coordinator.Grains.Tables;

/// <summary>Looks up intents in a table's ledger before they are rejected.</summary>
internal sealed class LedgerLookup
{
    private readonly OneAtATime<KnownRanges> _questions;
    private HashSet<IntentId> _gathering = [];

    public LedgerLookup(IWarehouse warehouse, TableName table, ResiliencePipeline retry, TimeProvider clock) =>
        _questions = new OneAtATime<KnownRanges>(
            async cancellationToken =>
            {
                var asked = SequenceRanges.Of(_gathering);
                _gathering = [];
                return new KnownRanges(
                    await retry.ExecuteAsync(async token => await warehouse.FindRangesAsync(table, asked, token), cancellationToken));
            },
            TimeSpan.Zero,
            clock);

    /// <summary>The ledger row that contains the intent, or null.</summary>
    /// <exception cref="WarehouseException">The ledger does not answer.</exception>
    public async Task<KnownRange?> FindAsync(IntentId id, CancellationToken cancellationToken)
    {
        _gathering.Add(id);
        return (await _questions.AskAsync(cancellationToken)).Find(id);
    }
}
