using System.Data;
using Coordinator.Core.Auditing;
using Coordinator.Warehouse.Redshift.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Redshift.Failures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Redshift;

/// <summary>Redshift's ledgers for an audit: each question is a transaction of its own, so that none is part of a cycle.</summary>
internal sealed class RedshiftLedgerReader(IOptions<RedshiftWarehouseOptions> options, ILoggerFactory loggers) : ILedgerReader, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = RedshiftDataSource.ForOwnStatements(options.Value, loggers);

    public async Task<IReadOnlyList<LedgerName>> LedgersAsync(CancellationToken cancellationToken)
    {
        var ledgers = await ReadAsync(connection => RedshiftCatalog.LedgersAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
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
            return await question(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (RedshiftFailure.Of(e, TransactionStage.Fence) is { } failure)
        {
            throw failure;
        }
    }
}
