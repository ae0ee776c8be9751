using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;
using Polly;

namespace Coordinator.Grains.Tables;

/// <summary>Asks a table's ledger about intents that are to be rejected. While one question is on its way the next ones gather, so that a stream of misfits is no stream of queries.</summary>
internal sealed class LedgerLookup(IWarehouse warehouse, TableName table, ResiliencePipeline retry)
{
    private HashSet<IntentId> _gathering = [];
    private Task<KnownRanges>? _next;
    private Task _running = Task.CompletedTask;

    /// <summary>The ledger's row that has the intent, or null.</summary>
    /// <exception cref="WarehouseException">The ledger does not answer.</exception>
    public async Task<KnownRange?> FindAsync(IntentId id, CancellationToken cancellationToken)
    {
        _gathering.Add(id);
        _next ??= AskAsync(_running, cancellationToken);
        return (await _next).Find(id);
    }

    private async Task<KnownRanges> AskAsync(Task before, CancellationToken cancellationToken)
    {
        // A turn of the grain's scheduler at the least: those who are about to ask as well join in.
        await Task.Yield();
        await before.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
        var asked = SequenceRanges.Of(_gathering);
        _gathering = [];
        var asking = retry.ExecuteAsync(async token => await warehouse.FindRangesAsync(table, asked, token), cancellationToken).AsTask();
        (_next, _running) = (null, asking);
        return new KnownRanges(await asking);
    }
}
