using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Orleans.Concurrency;

namespace Coordinator.Grains.Warehouses;

[StatelessWorker]
internal sealed class WarehouseGrain(WarehouseIdentity warehouse) : Grain, IWarehouseGrain
{
    public async Task<Guid> IdentifyAsync()
    {
        try
        {
            return (await warehouse.FindAsync()).Id;
        }
        catch (WarehouseException failure)
        {
            throw new WarehouseUnavailableException($"The warehouse does not tell which one it is: {failure.Message}", WarehouseIdentity.RetryAfter);
        }
    }
}
