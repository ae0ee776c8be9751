using System.Runtime.CompilerServices;
using Coordinator.Warehouse.Npgsql.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Postgres;

/// <summary>Creates the connection pools: one for inserts, one for everything else.</summary>
internal sealed class DataSources(PostgresWarehouseOptions options, TimeProvider time, ILoggerFactory loggers)
{
    // Four statements per table and eight shared ones make 62 tables per session; the least used statements are dropped.
    private const int MaxPrepared = 256;

    /// <summary>How long a login may take, in seconds, unless the connection string says so: short, because the packets of one attempt come in
    /// growing steps, and a network that passes them again would wait for the next one.</summary>
    private const int LoginSeconds = 5;

    private readonly StrongBox<int> _losses = new();

    /// <summary>For inserts, whose statements are the coordinator's own. They are prepared once per session, because parsing and planning would
    /// cost the server more than execution.</summary>
    public ConnectionPool ForInserts() => Create("inserts", connection =>
    {
        connection.MaxAutoPrepare = MaxPrepared;
        connection.AutoPrepareMinUsages = 2;
        // SET LOCAL ends with its transaction and nothing else is set, so there is nothing to reset; a reset would drop the prepared statements.
        connection.NoResetOnClose = true;
        // A lock timeout has another meaning on the table than at the fence, so the failed statement must be known.
        connection.IncludeFailedBatchedCommand = true;
    });

    /// <summary>For updates and queries. An update's SQL is arbitrary and may leave SET values, temporary tables and advisory locks in the
    /// session.</summary>
    /// <remarks>DISCARD ALL is sent with the next command, so it costs no round trip.</remarks>
    public ConnectionPool ForUpdates() => Create("updates", static connection =>
    {
        connection.NoResetOnClose = false;
        // Its number identifies the failed statement of an update.
        connection.IncludeFailedBatchedCommand = true;
    });

    private ConnectionPool Create(string name, Action<NpgsqlConnectionStringBuilder> configure) => new(
            new SessionSource(options.ConnectionString, options.ApplicationName, options.MaxPoolSize, options.CommandTimeout)
            {
                PasswordFile = options.PasswordFile,
            }
            .Create(name, loggers, configure + LimitWaits), _losses, time);

    private static void LimitWaits(NpgsqlConnectionStringBuilder connection)
    {
        connection.CancellationTimeout = SessionSource.NoCancellationWait;
        if (!connection.ShouldSerialize(nameof(connection.Timeout))) connection.Timeout = LoginSeconds;
    }
}
