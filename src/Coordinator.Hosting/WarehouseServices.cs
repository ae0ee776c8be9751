using Coordinator.Grains;
using Coordinator.Warehouse.DuckDb;
using Coordinator.Warehouse.Postgres;
using Coordinator.Warehouse.Redshift;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Hosting;

/// <summary>Adds the warehouse that the settings choose.</summary>
internal static class WarehouseServices
{
    public static IServiceCollection AddWarehouse(
        this IServiceCollection services, IConfiguration configuration, WarehouseOptions options, string siloName)
    {
        services.Configure<GrainsOptions>(grains => WarehouseDefaults.Apply(options.Provider, grains));
        return options.Provider switch
        {
            WarehouseProvider.Postgres => services.AddPostgresWarehouse(o =>
            {
                configuration.GetSection(PostgresWarehouseOptions.Section).Bind(o);
                WarehouseDefaults.Apply(options, siloName, o);
            }),
            WarehouseProvider.Redshift => services.AddRedshiftWarehouse(o =>
            {
                configuration.GetSection(RedshiftWarehouseOptions.Section).Bind(o);
                WarehouseDefaults.Apply(options, siloName, o);
            }),
            _ => services.AddDuckDbWarehouse(o =>
            {
                configuration.GetSection(DuckDbWarehouseOptions.Section).Bind(o);
                WarehouseDefaults.Apply(options, o);
            }),
        };
    }
}
