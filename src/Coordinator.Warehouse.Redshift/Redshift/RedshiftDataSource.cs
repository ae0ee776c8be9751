using Coordinator.Warehouse.Redshift.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Redshift;

/// <summary>Makes the two sources of connections: a pool for statements of our own, and single sessions for SQL that is anybody's.</summary>
internal static class RedshiftDataSource
{
    private const int MaxQuestions = 4;

    /// <summary>For statements of our own, which leave nothing behind in a session: there is nothing to reset, and Redshift has no DISCARD to reset it with.</summary>
    public static NpgsqlDataSource ForOwnStatements(RedshiftWarehouseOptions options, ILoggerFactory loggers) => Create("own", options, loggers, static _ => { });

    /// <summary>
    /// For questions about the catalog in the middle of a transaction, which holds a connection of its own meanwhile: from the same pool both could wait for a connection for ever.
    /// </summary>
    public static NpgsqlDataSource ForQuestions(RedshiftWarehouseOptions options, ILoggerFactory loggers) =>
        Create("questions", options, loggers, static connection => connection.MaxPoolSize = Math.Min(connection.MaxPoolSize, MaxQuestions));

    /// <summary>For updates, whose SQL may SET and create temporary tables: each has a session of its own, which ends with it.</summary>
    public static NpgsqlDataSource ForUpdates(RedshiftWarehouseOptions options, ILoggerFactory loggers) => Create("updates", options, loggers, static connection =>
    {
        connection.Pooling = false;
        // Which of an update's statements failed is told by its number.
        connection.IncludeFailedBatchedCommand = true;
    });

    private static NpgsqlDataSource Create(string name, RedshiftWarehouseOptions options, ILoggerFactory loggers, Action<NpgsqlConnectionStringBuilder> configure) =>
        new SessionSource(options.ConnectionString, options.ApplicationName, options.MaxConnections, options.CommandTimeout).Create(name, loggers, connection =>
        {
            connection.NoResetOnClose = true;
            // Statements are long and rarely alike; plans are kept by Redshift itself, for compiled segments.
            connection.MaxAutoPrepare = 0;
            configure(connection);
        });
}
