using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Postgres.Catalog;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres.Ledgers;

/// <summary>Makes side tables where they are missing, while other silos do the same.</summary>
/// <param name="source">Its sessions.</param>
/// <param name="waits">How long to wait for locks on a ledger that is brought up to date.</param>
internal sealed class LedgerSetup(NpgsqlDataSource source, IReadOnlyList<string> waits)
{
    private const int MaxTries = 5;

    /// <summary>Reads a table and makes sure its ledger stands in this version's form. Where it does, no right to create or alter anything is needed, and no lock.</summary>
    public async Task<CatalogTable> PrepareAsync(TableName table, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 1; ; i++)
        {
            var found = await CatalogReader.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
            if (found is { HasLedger: true, HasContent: true }) return found;
            try
            {
                // Several statements in one message are one transaction: a fence is never seen without its row.
                var sql = new LedgerSql(table);
                var changes = found.HasLedger ? string.Join(";\n", waits.Append(sql.AddContent)) : sql.Create(!found.HasSideSchema);
                await using var create = new NpgsqlCommand(changes, connection);
                await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (i < MaxTries && IsRace(e.SqlState))
            {
                // Another silo was faster. IF NOT EXISTS looks before it creates, so the slower one fails at a unique index of the catalog.
                // Or a transaction held the ledger for longer than we wait, with all that would follow behind us.
            }
        }
    }

    private static bool IsRace(string sqlState) => sqlState is
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject
        or PostgresErrorCodes.DuplicateColumn or PostgresErrorCodes.LockNotAvailable;
}
