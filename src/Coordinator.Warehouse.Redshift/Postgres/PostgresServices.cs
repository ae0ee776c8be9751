using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Postgres.Catalog;
using Coordinator.Warehouse.Redshift.Postgres.Failures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>Registration.</summary>
public static class PostgresServices
{
    /// <summary>Makes PostgreSQL the warehouse.</summary>
    public static IServiceCollection AddPostgresWarehouse(this IServiceCollection services, Action<PostgresWarehouseOptions> configure)
    {
        services.AddOptions<PostgresWarehouseOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgresWarehouseOptions>, PostgresOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IWarehouse, PostgresWarehouse>();
        services.AddSingleton<ILedgerReader>(static provider => new SessionLedgerReader(
            PostgresDataSource.ForUpdates(provider.GetRequiredService<IOptions<PostgresWarehouseOptions>>().Value,
                provider.GetRequiredService<ILoggerFactory>()), CatalogReader.LedgersAsync, PostgresFailure.Of));
        return services;
    }
}
