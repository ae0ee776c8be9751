using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Sessions;

/// <summary>What all sources of connections have in common, on PostgreSQL and on Redshift.</summary>
/// <param name="ConnectionString">The operator's.</param>
/// <param name="ApplicationName">The name by which operators find the silo's sessions.</param>
/// <param name="MaxPoolSize">The most connections of one source.</param>
/// <param name="CommandTimeout">How long one exchange may take.</param>
internal sealed record SessionSource(string ConnectionString, string ApplicationName, int MaxPoolSize, TimeSpan CommandTimeout)
{
    public NpgsqlDataSource Create(string name, ILoggerFactory loggers, Action<NpgsqlConnectionStringBuilder> configure)
    {
        var builder = new NpgsqlDataSourceBuilder(ConnectionString) { Name = name };
        var connection = builder.ConnectionStringBuilder;
        connection.ApplicationName = ApplicationName;
        connection.MaxPoolSize = MaxPoolSize;
        connection.CommandTimeout = (int)Math.Ceiling(CommandTimeout.TotalSeconds);
        // A long statement is silent on the wire; without this a firewall or a dead host goes unnoticed for hours.
        connection.TcpKeepAlive = true;
        // Details hold values of rows, and errors end up in receipts and logs.
        connection.IncludeErrorDetail = false;
        connection.Enlist = false;
        connection.Multiplexing = false;
        configure(connection);
        return builder.UseLoggerFactory(loggers).EnableParameterLogging(false).ConfigureTracing(StatementSpans.Configure).Build();
    }
}
