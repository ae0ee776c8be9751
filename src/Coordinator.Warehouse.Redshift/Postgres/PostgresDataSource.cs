using Coordinator.Warehouse.Redshift.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>Makes the pools of connections: one for inserts, one for everything else.</summary>
internal static class PostgresDataSource
{
    // Four statements a table and eight that all share, for 62 tables a session; the least used ones are dropped.
    private const int MaxPrepared = 256;

    /// <summary>For inserts, whose statements are our own: prepared once a session, for parsing and planning them would cost the server more than they do.</summary>
    public static NpgsqlDataSource ForInserts(PostgresWarehouseOptions options, ILoggerFactory loggers) => Create("inserts", options, loggers, connection =>
    {
        connection.MaxAutoPrepare = MaxPrepared;
        connection.AutoPrepareMinUsages = 2;
        // SET LOCAL ends with its transaction, and nothing else is ever set: there is nothing to reset, and a reset would drop what was prepared.
        connection.NoResetOnClose = true;
        // A lock that cannot be had means one thing on the table and another at the fence.
        connection.IncludeFailedBatchedCommand = true;
    });

    /// <summary>For updates and questions. An update's SQL is anybody's and may leave SET values, temporary tables and advisory locks behind.</summary>
    /// <remarks>DISCARD ALL travels with the next command, so it costs no round trip.</remarks>
    public static NpgsqlDataSource ForUpdates(PostgresWarehouseOptions options, ILoggerFactory loggers) => Create("updates", options, loggers, static connection =>
    {
        connection.NoResetOnClose = false;
        // Which of an update's statements failed is told by its number.
        connection.IncludeFailedBatchedCommand = true;
    });

    private static NpgsqlDataSource Create(string name, PostgresWarehouseOptions options, ILoggerFactory loggers, Action<NpgsqlConnectionStringBuilder> configure) =>
        new SessionSource(options.ConnectionString, options.ApplicationName, options.MaxPoolSize, options.CommandTimeout).Create(name, loggers, configure);
}
