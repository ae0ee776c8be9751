using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Npgsql.Ledgers;
using Coordinator.Warehouse.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Failures;
using Coordinator.Warehouse.Redshift.Staging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Warehouse.Redshift;

/// <summary>Registration.</summary>
public static class RedshiftServices
{
    /// <summary>Makes Redshift the warehouse.</summary>
    public static IServiceCollection AddRedshiftWarehouse(this IServiceCollection services, Action<RedshiftWarehouseOptions> configure)
    {
        services.AddOptions<RedshiftWarehouseOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedshiftWarehouseOptions>, RedshiftOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static provider => new StagingArea(
            provider.GetRequiredService<IOptions<RedshiftWarehouseOptions>>().Value.Staging, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StagingArea>>()));
        services.AddHostedService<StagingSweep>();
        services.AddSingleton<IWarehouse, RedshiftWarehouse>();
        services.AddSingleton<ILedgerReader>(static provider => new LedgerReader(
            DataSources.ForOwnStatements(provider.GetRequiredService<IOptions<RedshiftWarehouseOptions>>().Value,
                provider.GetRequiredService<ILoggerFactory>()), CatalogReader.LedgersAsync, WarehouseFailure.Of));
        return services;
    }
}
