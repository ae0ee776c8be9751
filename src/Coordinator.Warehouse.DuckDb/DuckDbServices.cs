using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
            .Validate(static o => !string.IsNullOrWhiteSpace(o.ConnectionString),
                "ConnectionString is empty: give a file's path, ':memory:' or 'Data Source=<path>'.")
            .Validate(static o => o.MaxConnections is >= 1 and <= 1024, "MaxConnections must be 1 to 1024.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DuckDbConnections>();
        services.AddSingleton<IWarehouse, DuckDbWarehouse>();
        services.AddHostedService<DuckDbSetup>();
        services.AddSingleton<ILedgerReader, LedgerReader>();
        return services;
    }
}
