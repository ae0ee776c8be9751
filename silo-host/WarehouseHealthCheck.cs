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
            // Degraded, so that the tables that can be written are.
            return warehouse.Trouble is { } trouble
                ? HealthCheckResult.Degraded($"{warehouse.Name} answers, but: {trouble}")
                : HealthCheckResult.Healthy($"{warehouse.Name} answers");
        }
        catch (WarehouseException failure)
        {
            return HealthCheckResult.Unhealthy($"{warehouse.Name}: {failure.Message}");
        }
    }
}
