using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Warehouse.Redshift.Postgres.Catalog;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres.Ledgers;

/// <summary>Looks for an intent in all ledgers.</summary>
internal static class LedgerSearch
{
    public static async Task<LedgerRecord?> FindAsync(NpgsqlConnection connection, IntentId id, CancellationToken cancellationToken)
    {
        var ledgers = await CatalogReader.LedgersAsync(connection, cancellationToken).ConfigureAwait(false);
        if (ledgers.Count == 0) return null;
        await using var command = new NpgsqlCommand(
            string.Join("\nUNION ALL\n", ledgers.Select(static (ledger, i) => LedgerSql.Lookup(ledger.Sql, i))) + "\nORDER BY ordinal LIMIT 1", connection);
        command.Parameters.AddTyped(id.Origin);
        command.Parameters.AddTyped(id.Sequence);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        var isAlone = reader.GetInt64(1) == reader.GetInt64(2);
        return new LedgerRecord(ledgers[reader.GetInt32(0)].Table, new WriteReceipt
        {
            Id = id,
            Status = WriteStatus.AlreadyCommitted,
            // A range of several intents knows only their sum.
            Rows = isAlone ? reader.GetInt64(3) : 0,
            BatchId = reader.GetGuid(4),
            CommittedAt = new DateTimeOffset(reader.GetDateTime(5)),
        });
    }
}
