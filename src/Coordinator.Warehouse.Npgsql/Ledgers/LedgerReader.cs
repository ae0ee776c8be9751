using System.Data;
using Coordinator.Core.Auditing;
using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Warehouse.Npgsql.Ledgers;

/// <summary>Reads the ledgers of PostgreSQL and Redshift for an audit. It reads at READ COMMITTED regardless of the database's default (Redshift
/// uses its own level instead): a serializable reader of whole ledgers would make writers fail.</summary>
/// <param name="connect">Opens a connection.</param>
/// <param name="connections">Its connections; disposed with it.</param>
/// <param name="ledgers">Lists the tables of all ledgers.</param>
/// <param name="judge">Translates a failure.</param>
internal sealed class LedgerReader(
    Func<CancellationToken, ValueTask<NpgsqlConnection>> connect,
    IAsyncDisposable connections,
    Func<NpgsqlConnection, CancellationToken, Task<IReadOnlyList<TableName>>> ledgers,
    Func<Exception, TransactionStage, WarehouseException?> judge) : ILedgerReader, IAsyncDisposable
{
    public async Task<IReadOnlyList<LedgerName>> LedgersAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(connection => ledgers(connection, cancellationToken), cancellationToken).ConfigureAwait(false))
            .Select(static table => new LedgerName(table, SqlName.Of(LedgerNames.Ledger(table))))];

    public Task<IReadOnlyList<T>> AskAsync<T>(string sql, AuditSpan span, Func<IDataRecord, T> read, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<T>>(
        async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddTyped(span.From.UtcDateTime);
            command.Parameters.AddTyped(span.To.UtcDateTime);
            command.Parameters.AddTyped(span.Limit);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            var found = new List<T>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(read(reader));
            return found;
        },
        cancellationToken);

    public ValueTask DisposeAsync() => connections.DisposeAsync();

    private async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> question, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connect(cancellationToken).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken)
                .ConfigureAwait(false);
            return await question(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (judge(e, TransactionStage.Fence) is { } failure)
        {
            throw failure;
        }
    }
}
