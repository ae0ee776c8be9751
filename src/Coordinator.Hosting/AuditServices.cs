using Coordinator.Core.Auditing;
using Coordinator.Warehouse.DuckDb;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Hosting;

/// <summary>Read-only access to the ledgers without a silo, with the silo's settings.</summary>
public static class AuditServices
{
    /// <summary>Adds <see cref="LedgerAudit"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The root configuration. <c>Coordinator:Warehouse</c> is the same as in the silo.</param>
    public static IServiceCollection AddLedgerAudit(this IServiceCollection services, IConfiguration configuration) => services
        .AddWarehouse(configuration, configuration.GetSection(WarehouseOptions.Section).Get<WarehouseOptions>() ?? new WarehouseOptions(), "audit")
        .Configure<DuckDbWarehouseOptions>(static options => options.IsReadOnly = true)
        .AddSingleton<LedgerAudit>();
}
