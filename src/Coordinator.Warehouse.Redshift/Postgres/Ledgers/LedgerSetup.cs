using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Postgres.Catalog;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres.Ledgers;

/// <summary>Makes side tables where they are missing, while other silos do the same.</summary>
internal sealed class LedgerSetup(NpgsqlDataSource source)
{
    private const int MaxTries = 5;

    /// <summary>Reads a table and makes sure its ledger stands. Where it does, no right to create anything is needed.</summary>
    public async Task<TableSchema> PrepareAsync(TableName table, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 1; ; i++)
        {
            var found = await CatalogReader.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
            if (found.HasLedger) return found.Schema;
            try
            {
                // Several statements in one message are one transaction: a fence is never seen without its row.
                await using var create = new NpgsqlCommand(new LedgerSql(table).Create(!found.HasSideSchema), connection);
                await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (i < MaxTries && IsRace(e.SqlState))
            {
                // Another silo was faster. IF NOT EXISTS looks before it creates, so the slower one fails at a unique index of the catalog.
            }
        }
    }

    private static bool IsRace(string sqlState) => sqlState is
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject;
}
