using Coordinator.Core.Committing;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Orleans.Concurrency;

namespace Coordinator.Grains.Ledgers;

[StatelessWorker]
internal sealed class LedgerGrain(IWarehouse warehouse) : Grain, ILedgerGrain
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async Task<LedgerRecord?> FindAsync(IntentId id)
    {
        try
        {
            return await warehouse.FindAsync(id, CancellationToken.None);
        }
        catch (WarehouseException failure)
        {
            throw Failures.ToAsker(failure, id, RetryAfter);
        }
    }
}
