using Coordinator.Core.Warehouses;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Coordinator.SiloHost;

internal sealed class WarehouseHealthCheck(IWarehouse warehouse) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await warehouse.CheckAsync(cancellationToken);
            return HealthCheckResult.Healthy($"{warehouse.Name} answers");
        }
        catch (WarehouseException failure)
        {
            return HealthCheckResult.Unhealthy($"{warehouse.Name}: {failure.Message}");
        }
    }
}
