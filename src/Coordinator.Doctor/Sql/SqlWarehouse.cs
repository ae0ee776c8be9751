using Coordinator.Core.Warehouses;
using Coordinator.Hosting;
using Coordinator.Tables;
using Coordinator.Warehouse.Npgsql.Failures;
using Coordinator.Warehouse.Redshift;
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

    private SqlWarehouse(bool isRedshift, NpgsqlConnectionStringBuilder connection, NpgsqlDataSource source)
    {
        IsRedshift = isRedshift;
        Connection = connection;
        Source = source;
    }

    public bool IsRedshift { get; }

    public string Name => IsRedshift ? "Redshift" : "PostgreSQL";

    /// <summary>The operator's connection string with the adapter's defaults. It has the password: no message may contain it.</summary>
    public NpgsqlConnectionStringBuilder Connection { get; }

    public NpgsqlDataSource Source { get; }

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
                return WithHost(true, RedshiftConnection.Of(text), () => RedshiftSources.ForOwnStatements(redshift, NullLoggerFactory.Instance));
            }

            var postgres = settings.Postgres;
            (postgres.ApplicationName, postgres.CommandTimeout) = (Application, CommandTimeout);
            return WithHost(
                false, new NpgsqlConnectionStringBuilder(text), () => PostgresSources.ForUpdates(postgres, NullLoggerFactory.Instance));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

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
        return [.. ledgers.Select(static ledger => ledger.Table).Order()];
    }

    private static SqlWarehouse? WithHost(bool isRedshift, NpgsqlConnectionStringBuilder connection, Func<NpgsqlDataSource> source) =>
        connection.Host is null ? null : new SqlWarehouse(isRedshift, connection, source());
}
