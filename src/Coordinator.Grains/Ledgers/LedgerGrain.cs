using Coordinator.Core.Committing;
using Coordinator.Core.Ledger;
using Coordinator.Core.Searching;
using Coordinator.Core.Warehouses;
using Coordinator.Grains.Warehouses;
using Coordinator.Intents;
using Orleans.Concurrency;

namespace Coordinator.Grains.Ledgers;

[StatelessWorker]
internal sealed class LedgerGrain(IWarehouse warehouse, WarehouseIdentity identity, LedgerSearch search) : Grain, ILedgerGrain
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async Task<LedgerRecord?> FindAsync(IntentId id)
    {
        try
        {
            return await search.FindAsync(id, CancellationToken.None);
        }
        catch (WarehouseException failure)
        {
            throw CallerFailure.OfQuestion(failure, id, RetryAfter);
        }
    }

    public async Task<FindRangesResponse> FindRangesAsync(FindRangesRequest request)
    {
        await identity.EnsureAsync(request.Warehouse, $"The ledger of {request.Table}");
        try
        {
            var found = await warehouse.FindRangesAsync(
                request.Table, [.. request.Ranges.Select(static r => new SequenceRange(r.Origin, r.First, r.Last, 0))], CancellationToken.None);
            var ordered = found.Select(static f =>
                new CommittedRange(f.Range.Origin, f.Range.First, f.Range.Last, f.Range.Rows, f.Range.Content, f.Entry.CommittedAt))
                .OrderBy(static r => r.Origin).ThenBy(static r => r.First);
            return new FindRangesResponse([.. ordered.Take(FindRangesResponse.MaxRanges)], found.Count > FindRangesResponse.MaxRanges);
        }
        catch (WarehouseException failure)
        {
            throw CallerFailure.OfQuestion(failure, request.Table, RetryAfter);
        }
    }
}
