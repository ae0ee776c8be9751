using Coordinator.Grains;
using Coordinator.Warehouse.DuckDb;
using Coordinator.Warehouse.Postgres;
using Coordinator.Warehouse.Redshift;

namespace Coordinator.Hosting;

/// <summary>What the choice of a warehouse sets in the options of other rooms.</summary>
internal static class WarehouseDefaults
{
    private const int RedshiftMaxBatchRows = 500_000;

    private static readonly TimeSpan RedshiftFlushInterval = TimeSpan.FromSeconds(2);

    /// <summary>A commit on Redshift is so expensive that it is worth a wait for a larger batch. The grains' section is bound later, so that an
    /// operator's setting wins.</summary>
    public static GrainsOptions Apply(WarehouseProvider provider, GrainsOptions grains)
    {
        if (provider == WarehouseProvider.Redshift)
            grains.Queue = grains.Queue with { FlushInterval = RedshiftFlushInterval, MaxBatchRows = RedshiftMaxBatchRows };
        return grains;
    }

    public static void Apply(WarehouseOptions warehouse, DuckDbWarehouseOptions options)
    {
        if (warehouse.ConnectionString.Length > 0) options.ConnectionString = warehouse.ConnectionString;
        options.Ledger = warehouse.Ledger;
    }

    public static void Apply(WarehouseOptions warehouse, string siloName, PostgresWarehouseOptions options)
    {
        options.ConnectionString = warehouse.ConnectionString;
        options.PasswordFile = warehouse.PasswordFile;
        options.ApplicationName = ApplicationName(siloName);
        options.Ledger = warehouse.Ledger;
    }

    public static void Apply(WarehouseOptions warehouse, string siloName, RedshiftWarehouseOptions options)
    {
        options.ConnectionString = warehouse.ConnectionString;
        options.PasswordFile = warehouse.PasswordFile;
        options.ApplicationName = ApplicationName(siloName);
        options.Ledger = warehouse.Ledger;
    }

    // Operators find a silo's sessions in pg_stat_activity by this name.
    private static string ApplicationName(string siloName) => "coordinator/" + siloName;
}
