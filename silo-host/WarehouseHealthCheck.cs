using Coordinator.Core.Outages;
using Coordinator.Core.Warehouses;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Coordinator.SiloHost;

/// <summary>Whether the warehouse answers and takes writes. A table's own outage leaves the silo ready, because the other tables are
/// written, and so does that of a service beside it.</summary>
internal sealed class WarehouseHealthCheck(IWarehouse warehouse, OutageLog outages, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await WarehouseProbe.AskAsync(warehouse, clock, cancellationToken);
            var current = outages.Current;
            if (current.FirstOrDefault(static o => o is { Table: null, Service: null }) is { } outage)
                return HealthCheckResult.Unhealthy($"{warehouse.Name} answers, but {outage}");
            return (warehouse.Trouble ?? (current is [var other, ..] ? other.ToString() : null)) is { } trouble
                ? HealthCheckResult.Degraded($"{warehouse.Name} answers, but: {trouble}")
                : HealthCheckResult.Healthy($"{warehouse.Name} answers");
        }
        catch (WarehouseException failure)
        {
            return HealthCheckResult.Unhealthy($"{warehouse.Name}: {failure.Message}");
        }
    }
}
