using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Adds the embedded warehouse to a silo.</summary>
public static class DuckDbServices
{
    /// <summary>Makes DuckDB the silo's <see cref="IWarehouse"/>. The database is opened at the first use.</summary>
    public static IServiceCollection AddDuckDbWarehouse(this IServiceCollection services, Action<DuckDbWarehouseOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<DuckDbWarehouseOptions>()
            .Configure(options => configure?.Invoke(options))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DuckDbWarehouseOptions>, DuckDbOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DuckDbConnections>();
        services.AddSingleton<IWarehouse, DuckDbWarehouse>();
        services.AddHostedService<DuckDbSetup>();
        services.AddSingleton<ILedgerReader, LedgerReader>();
        return services;
    }
}
