using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Postgres.Explaining;
using Coordinator.Warehouse.Postgres.Failures;
using Npgsql;

namespace Coordinator.Warehouse.Postgres;

internal sealed partial class PostgresWarehouse
{
    /// <summary>Runs in a transaction that is always rolled back. Its locks are those of planning: they neither block readers or writers nor
    /// wait for them.</summary>
    public async Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _updates.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var setting in FenceLimits.Waits(_options)) batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return await TableFinder.FindAsync(SqlText.Split(sql), new Explainer(connection), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (WarehouseFailure.Of(e, TransactionStage.Work) is { } failure)
        {
            throw failure;
        }
    }
}
