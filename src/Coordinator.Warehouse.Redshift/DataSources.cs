using System.Runtime.CompilerServices;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift;

/// <summary>Creates the connection sources: pools for the coordinator's own statements, and single sessions for arbitrary SQL.</summary>
internal sealed class DataSources(RedshiftWarehouseOptions options, Logins logins, TimeProvider time, ILoggerFactory loggers)
{
    private readonly StrongBox<int> _losses = new();

    private const int MaxQuestions = 4;

    /// <summary>Redshift may answer a query from a materialized view that it made by itself. Then the plan names the view's table
    /// <c>mv_tbl__…</c> instead of the tables that the statement names, and the run reads what nothing reserves.</summary>
    private const string WithoutAutomaticViews = "SET mv_enable_aqmv_for_session TO FALSE";

    /// <summary>For the coordinator's own statements, which leave nothing in a session: there is nothing to reset, and Redshift has no
    /// DISCARD.</summary>
    public SessionPool ForOwnStatements() => Create("own", static connection => connection.CancellationTimeout = SessionSource.NoCancellationWait);

    /// <summary>For catalog queries in the middle of a transaction, which holds another connection at the same time: with one pool both could
    /// wait for a connection forever.</summary>
    public SessionPool ForQuestions() => Create("questions", static connection =>
    {
        connection.MaxPoolSize = Math.Min(connection.MaxPoolSize, MaxQuestions);
        connection.CancellationTimeout = SessionSource.NoCancellationWait;
    });

    /// <summary>For updates, whose SQL may SET and create temporary tables: each has a new session, which is closed afterwards.</summary>
    public SessionPool ForUpdates() => Create("updates", static connection =>
    {
        connection.Pooling = false;
        // Its number identifies the failed statement of an update.
        connection.IncludeFailedBatchedCommand = true;
    }, WithoutAutomaticViews);

    private SessionPool Create(string name, Action<NpgsqlConnectionStringBuilder> configure, string? onOpen = null) => new(
        logins, time, (login, password) => new ConnectionPool(
            new SessionSource(
                RedshiftConnection.Of(options.ConnectionString, login).ConnectionString, options.ApplicationName, options.MaxConnections,
                options.CommandTimeout)
            {
                PasswordFile = options.PasswordFile,
                Password = password,
            }
            .Create(name, loggers, connection =>
        {
            connection.NoResetOnClose = true;
            // Redshift does not know the request for GSS encryption that Npgsql 10 begins with, and may close the connection (npgsql#6416).
            connection.GssEncryptionMode = GssEncryptionMode.Disable;
            // Statements are long and rarely repeated. Redshift itself caches compiled segments.
            connection.MaxAutoPrepare = 0;
            configure(connection);
        }, onOpen), _losses, time));
}
