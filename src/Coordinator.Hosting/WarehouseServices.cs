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
    /// <summary>A commit on Redshift is so expensive that it is worth a wait for a larger batch. The grains' section is bound later, so that an
    /// operator's setting wins.</summary>
    private static readonly TimeSpan RedshiftFlushInterval = TimeSpan.FromSeconds(2);
    private const int RedshiftMaxBatchRows = 500_000;

    public static IServiceCollection AddWarehouse(this IServiceCollection services, IConfiguration configuration, string siloName)
    {
        var options = configuration.GetSection(WarehouseOptions.Section).Get<WarehouseOptions>() ?? new WarehouseOptions();
        return options.Provider switch
        {
            WarehouseProvider.DuckDb => services.AddDuckDbWarehouse(o =>
            {
                configuration.GetSection(WarehouseOptions.DuckDbSection).Bind(o);
                if (options.ConnectionString.Length > 0) o.ConnectionString = options.ConnectionString;
            }),
            WarehouseProvider.Postgres => services.AddPostgresWarehouse(o =>
            {
                configuration.GetSection(WarehouseOptions.PostgresSection).Bind(o);
                o.ConnectionString = options.ConnectionString;
                // Operators find a silo's sessions in pg_stat_activity by this name.
                o.ApplicationName = "coordinator/" + siloName;
            }),
            WarehouseProvider.Redshift => services.Configure<GrainsOptions>(static o => o.Queue = o.Queue with { FlushInterval = RedshiftFlushInterval, MaxBatchRows = RedshiftMaxBatchRows }).AddRedshiftWarehouse(o =>
            {
                configuration.GetSection(WarehouseOptions.RedshiftSection).Bind(o);
                o.ConnectionString = options.ConnectionString;
                o.ApplicationName = "coordinator/" + siloName;
            }),
            _ => throw new NotSupportedException($"{WarehouseOptions.Section}:Provider {options.Provider} is not known."),
        };
    }
}
