using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Npgsql.Ledgers;
using Coordinator.Warehouse.Postgres.Catalog;
using Coordinator.Warehouse.Postgres.Failures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Warehouse.Postgres;

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
        services.AddSingleton<ILedgerReader>(static provider =>
        {
            var sources = new DataSources(
                provider.GetRequiredService<IOptions<PostgresWarehouseOptions>>().Value, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>());
            var source = sources.ForUpdates();
            return new LedgerReader(source.OpenConnectionAsync, source, CatalogReader.LedgersAsync, WarehouseFailure.Of);
        });
        return services;
    }
}
