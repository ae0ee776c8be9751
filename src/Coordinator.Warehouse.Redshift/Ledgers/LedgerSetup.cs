using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Credentials;
using Coordinator.Warehouse.Redshift.Failures;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>Creates missing side tables. Other silos may do the same concurrently.</summary>
internal sealed class LedgerSetup(SessionPool source)
{
    private const int MaxTries = 5;

    /// <summary>Reads a table and ensures that its ledger exists in this version's form. If it does, this needs no right to create or alter
    /// anything, and no lock.</summary>
    /// <returns>The table, and whether its ledger was created now.</returns>
    public async Task<(TableSchema Schema, bool IsNew)> PrepareAsync(TableName table, CancellationToken cancellationToken)
    {
        var isNew = false;
        for (var i = 1; ; i++)
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            var found = await CatalogReader.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
            if (found is { HasLedger: true, HasFence: true, HasContent: true }) return (found.Schema, isNew);
            try
            {
                await CreateAsync(connection, new LedgerSql(table), found, cancellationToken).ConfigureAwait(false);
                isNew = !found.HasLedger;
            }
            catch (PostgresException e) when (i < MaxTries && IsRace(e))
            {
                // Another silo was faster. Check again what is missing.
            }
        }
    }

    /// <summary>One transaction, so that a fence is never visible without its row.</summary>
    private static async Task CreateAsync(
        NpgsqlConnection connection, LedgerSql sql, CatalogTable found, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection, transaction);
        if (!found.HasSideSchema) batch.BatchCommands.Add(new NpgsqlBatchCommand($"CREATE SCHEMA IF NOT EXISTS {SqlName.Of(LedgerNames.Schema)}"));
        var statements = new List<string>();
        if (!found.HasLedger) statements.AddRange([sql.CreateLedger, sql.CommentLedger]);
        else if (!found.HasContent) statements.Add(sql.AddContent);
        if (!found.HasFence) statements.AddRange([sql.CreateFence, sql.FillFence]);
        foreach (var statement in statements) batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool IsRace(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable
            or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.DuplicateColumn
        || e.MessageText.Contains("already exists", StringComparison.OrdinalIgnoreCase)
        || WarehouseFailure.Of(e, TransactionStage.Work)?.Kind == FailureKind.Conflict;
}
