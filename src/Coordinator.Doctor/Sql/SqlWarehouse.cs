using Coordinator.Core.Warehouses;
using Coordinator.Hosting;
using Coordinator.Tables;
using Coordinator.Warehouse.Npgsql.Failures;
using Coordinator.Warehouse.Redshift;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PostgresCatalog = Coordinator.Warehouse.Postgres.Catalog.CatalogReader;
using PostgresFailure = Coordinator.Warehouse.Postgres.Failures.WarehouseFailure;
using PostgresSources = Coordinator.Warehouse.Postgres.DataSources;
using RedshiftCatalog = Coordinator.Warehouse.Redshift.Catalog.CatalogReader;
using RedshiftFailure = Coordinator.Warehouse.Redshift.Failures.WarehouseFailure;
using RedshiftSources = Coordinator.Warehouse.Redshift.DataSources;

namespace Coordinator.Doctor.Sql;

/// <summary>A PostgreSQL or Redshift with the connections, the catalog and the failures of its adapter.</summary>
internal sealed class SqlWarehouse : IAsyncDisposable
{
    private const string Application = "coordinator/doctor";

    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    private readonly Func<CancellationToken, ValueTask<NpgsqlConnection>> _open;
    private readonly IReadOnlyList<object> _disposed;

    private SqlWarehouse(
        bool isRedshift, NpgsqlConnectionStringBuilder connection, Func<CancellationToken, ValueTask<NpgsqlConnection>> open,
        params IReadOnlyList<object> disposed)
    {
        IsRedshift = isRedshift;
        Connection = connection;
        (_open, _disposed) = (open, disposed);
    }

    public bool IsRedshift { get; }

    public string Name => IsRedshift ? "Redshift" : "PostgreSQL";

    /// <summary>The operator's connection string with the adapter's defaults. It has the password: no message may contain it.</summary>
    public NpgsqlConnectionStringBuilder Connection { get; }

    /// <summary>The warehouse of the settings; null if their connection string cannot be used.</summary>
    public static SqlWarehouse? Of(SiloSettings settings)
    {
        var text = settings.Warehouse.ConnectionString;
        try
        {
            if (settings.Warehouse.Provider == WarehouseProvider.Redshift)
            {
                var redshift = settings.Redshift;
                (redshift.ApplicationName, redshift.CommandTimeout) = (Application, CommandTimeout);
                var connection = RedshiftConnection.Of(text);
                if (connection.Host is null) return null;
                var logins = RedshiftServices.CreateLogins(redshift, TimeProvider.System, NullLogger<LoginCache>.Instance);
                var pool = new RedshiftSources(redshift, logins, TimeProvider.System, NullLoggerFactory.Instance).ForOwnStatements();
                return new SqlWarehouse(true, connection, pool.OpenConnectionAsync, pool, logins);
            }

            var postgres = settings.Postgres;
            (postgres.ApplicationName, postgres.CommandTimeout) = (Application, CommandTimeout);
            var given = new NpgsqlConnectionStringBuilder(text);
            if (given.Host is null) return null;
            var source = new PostgresSources(postgres, TimeProvider.System, NullLoggerFactory.Instance).ForUpdates();
            return new SqlWarehouse(false, given, source.OpenConnectionAsync, source);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A connection as the adapter's own statements have it.</summary>
    public ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken) => _open(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _disposed)
        {
            if (part is IAsyncDisposable pool) await pool.DisposeAsync();
            else ((IDisposable)part).Dispose();
        }
    }

    /// <summary>The adapter's name for a failure; null if it is not the warehouse's.</summary>
    public WarehouseException? FailureOf(Exception e) =>
        IsRedshift ? RedshiftFailure.Of(e, TransactionStage.Fence) : PostgresFailure.Of(e, TransactionStage.Fence);

    /// <summary>Reads a table as a grain does that opens it.</summary>
    /// <exception cref="WarehouseException">Rejected: it does not exist, or is a view.</exception>
    public Task ReadTableAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken) => IsRedshift
        ? RedshiftCatalog.ReadAsync(connection, table, cancellationToken)
        : PostgresCatalog.ReadAsync(connection, table, cancellationToken);

    /// <summary>All tables with a ledger.</summary>
    public async Task<IReadOnlyList<TableName>> LedgersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var ledgers = IsRedshift
            ? await RedshiftCatalog.LedgersAsync(connection, cancellationToken)
            : await PostgresCatalog.LedgersAsync(connection, cancellationToken);
        return [.. ledgers.Order()];
    }
}
