using Coordinator.Core.Ledger;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Warehouse.Postgres.Catalog;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Ledgers;

/// <summary>Searches all ledgers for an intent, or for all intents of an origin.</summary>
internal static class LedgerSearch
{
    public static async Task<LedgerRecord?> FindAsync(NpgsqlConnection connection, IntentId id, CancellationToken cancellationToken)
    {
        var ledgers = await CatalogReader.LedgersAsync(connection, cancellationToken).ConfigureAwait(false);
        if (ledgers.Count == 0) return null;
        await using var command = new NpgsqlCommand(
            string.Join("\nUNION ALL\n", ledgers.Select(static (ledger, i) => LedgerSql.Lookup(ledger.Sql, i))) + "\nORDER BY ordinal LIMIT 1",
            connection);
        command.Parameters.AddTyped(id.Origin);
        command.Parameters.AddTyped(id.Sequence);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        var isAlone = reader.GetInt64(1) == reader.GetInt64(2);
        return new LedgerRecord(ledgers[reader.GetInt32(0)].Table, new WriteReceipt
        {
            Id = id,
            Status = WriteStatus.AlreadyCommitted,
            // A range of several intents has only the sum of their rows.
            Rows = isAlone ? reader.GetInt64(3) : 0,
            BatchId = reader.GetGuid(4),
            CommittedAt = new DateTimeOffset(reader.GetDateTime(5)),
        })
        {
            First = id with { Sequence = reader.GetInt64(1) },
        };
    }

    public static async Task<IReadOnlyList<LedgerRun>> RunsAsync(
        NpgsqlConnection connection, Guid origin, int limit, CancellationToken cancellationToken)
    {
        var ledgers = await CatalogReader.LedgersAsync(connection, cancellationToken).ConfigureAwait(false);
        if (ledgers.Count == 0) return [];
        await using var command = new NpgsqlCommand(
            $"SELECT * FROM ({string.Join("\nUNION ALL\n", ledgers.Select(static ledger => LedgerSql.Latest(ledger.Sql)))}) AS latest ORDER BY "
                + $"last_sequence DESC", connection);
        command.Parameters.AddTyped(origin);
        command.Parameters.AddTyped(limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var runs = new List<LedgerRun>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            runs.Add(new LedgerRun(
                new SequenceRange(origin, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)),
                new LedgerEntry(reader.GetGuid(3), new DateTimeOffset(reader.GetDateTime(4))),
                new DateTimeOffset(reader.GetDateTime(5))));
        }

        return [.. runs.DistinctBy(static run => run.Range.Last).Take(limit)];
    }
}
