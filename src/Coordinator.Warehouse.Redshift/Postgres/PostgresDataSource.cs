using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>Makes the one pool of connections.</summary>
internal static class PostgresDataSource
{
    public static NpgsqlDataSource Create(PostgresWarehouseOptions options, ILoggerFactory loggers)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString) { Name = "warehouse" };
        var connection = builder.ConnectionStringBuilder;
        connection.ApplicationName = options.ApplicationName;
        connection.MaxPoolSize = options.MaxPoolSize;
        connection.CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        // A long update is silent on the wire; without this a firewall or a dead host goes unnoticed for hours.
        connection.TcpKeepAlive = true;
        // Details hold values of rows, and errors end up in receipts and logs.
        connection.IncludeErrorDetail = false;
        connection.Enlist = false;
        connection.Multiplexing = false;
        // "No Reset On Close" stays off: an update's SQL is anybody's and may leave SET values, temporary tables and advisory
        // locks behind. DISCARD ALL travels with the next command, so it costs no round trip.
        connection.NoResetOnClose = false;
        return builder.UseLoggerFactory(loggers).EnableParameterLogging(false).Build();
    }
}
