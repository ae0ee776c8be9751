using Coordinator.Tables;
using Coordinator.Warehouse.Postgres.Catalog;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Ledgers;

/// <summary>Creates missing side tables. Other silos may do the same concurrently.</summary>
/// <param name="waits">Timeouts for the locks on a ledger that is upgraded.</param>
internal sealed class LedgerSetup(IReadOnlyList<string> waits)
{
    private const int MaxTries = 5;

    /// <summary>Reads a table and ensures that its ledger exists in this version's form. If it does, this needs no right to create or alter
    /// anything, and no lock.</summary>
    /// <returns>The table, and whether its ledger was created now.</returns>
    public async Task<(CatalogTable Table, bool IsNew)> PrepareAsync(
        NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        var isNew = false;
        for (var i = 1; ; i++)
        {
            var found = await CatalogReader.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
            if (found is { HasLedger: true, HasContent: true }) return (found, isNew);
            try
            {
                // Several statements in one message are one transaction, so a fence is never visible without its row.
                var sql = new LedgerSql(table);
                var changes = found.HasLedger ? string.Join(";\n", waits.Append(sql.AddContent)) : sql.Create(!found.HasSideSchema);
                await using var create = new NpgsqlCommand(changes, connection);
                await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                isNew = !found.HasLedger;
            }
            catch (PostgresException e) when (i < MaxTries && IsRace(e.SqlState))
            {
                // Another silo was faster: IF NOT EXISTS checks before it creates, so the slower silo fails at a unique index of the catalog. Or
                // a transaction held the ledger for longer than the timeout, with other sessions queued behind this one.
            }
        }
    }

    private static bool IsRace(string sqlState) => sqlState is
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable
            or PostgresErrorCodes.DuplicateObject
        or PostgresErrorCodes.DuplicateColumn or PostgresErrorCodes.LockNotAvailable;
}
