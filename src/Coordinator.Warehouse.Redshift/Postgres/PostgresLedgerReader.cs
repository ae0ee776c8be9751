using System.Data;
using Coordinator.Core.Auditing;
using Coordinator.Warehouse.Redshift.Postgres.Catalog;
using Coordinator.Warehouse.Redshift.Postgres.Failures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>PostgreSQL's ledgers for an audit. It reads at READ COMMITTED whatever the database's default is: a serializable reader of whole ledgers would make writers fail.</summary>
internal sealed class PostgresLedgerReader(IOptions<PostgresWarehouseOptions> options, ILoggerFactory loggers) : ILedgerReader, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = PostgresDataSource.ForUpdates(options.Value, loggers);

    public async Task<IReadOnlyList<LedgerName>> LedgersAsync(CancellationToken cancellationToken)
    {
        var ledgers = await ReadAsync(connection => CatalogReader.LedgersAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
        return [.. ledgers.Select(static ledger => new LedgerName(ledger.Table, ledger.Sql))];
    }

    public Task<IReadOnlyList<T>> AskAsync<T>(string sql, AuditSpan span, Func<IDataRecord, T> read, CancellationToken cancellationToken) =>
        ReadAsync(connection => AuditQuery.AskAsync(connection, sql, span, read, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> question, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            return await question(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresFailure.Of(e, TransactionStage.Fence) is { } failure)
        {
            throw failure;
        }
    }
}
