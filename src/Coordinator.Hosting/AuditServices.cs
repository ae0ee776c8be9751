using Coordinator.Core.Auditing;
using Coordinator.Warehouse.DuckDb;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Hosting;

/// <summary>The ledgers without a silo: by the silo's settings, and for reading alone.</summary>
public static class AuditServices
{
    /// <summary>Adds <see cref="LedgerAudit"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The root configuration: <c>Coordinator:Warehouse</c> as the silo has it.</param>
    public static IServiceCollection AddLedgerAudit(this IServiceCollection services, IConfiguration configuration) => services
        .AddWarehouse(configuration, "audit")
        .Configure<DuckDbWarehouseOptions>(static options => options.IsReadOnly = true)
        .AddSingleton<LedgerAudit>();
}
