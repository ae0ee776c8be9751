using Coordinator.Core.Ledger;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Warehouse.Redshift.Catalog;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>Searches all ledgers for an intent, or for all intents of an origin.</summary>
internal static class LedgerSearch
{
    private const int LedgersAtOnce = 100;

    public static async Task<LedgerRecord?> FindAsync(NpgsqlConnection connection, IntentId id, CancellationToken cancellationToken)
    {
        var ledgers = await CatalogReader.LedgersAsync(connection, cancellationToken).ConfigureAwait(false);
        foreach (var some in ledgers.Chunk(LedgersAtOnce))
        {
            await using var command = new NpgsqlCommand(
                string.Join("\nUNION ALL\n", some.Select(static (ledger, i) => LedgerSql.Lookup(ledger.Sql, i))), connection);
            command.Parameters.AddTyped(id.Origin.ToString("D"), NpgsqlDbType.Varchar);
            command.Parameters.AddTyped(id.Sequence);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) continue;
            var isAlone = reader.GetInt64(1) == reader.GetInt64(2);
            return new LedgerRecord(some[reader.GetInt32(0)].Table, new WriteReceipt
            {
                Id = id,
                Status = WriteStatus.AlreadyCommitted,
                // A range of several intents has only the sum of their rows.
                Rows = isAlone ? reader.GetInt64(3) : 0,
                BatchId = Guid.Parse(reader.GetString(4)),
                CommittedAt = new DateTimeOffset(reader.GetDateTime(5)),
            })
            {
                First = id with { Sequence = reader.GetInt64(1) },
            };
        }

        return null;
    }

    public static async Task<IReadOnlyList<LedgerRun>> RunsAsync(
        NpgsqlConnection connection, Guid origin, int limit, CancellationToken cancellationToken)
    {
        var runs = new List<LedgerRun>();
        foreach (var some in (await CatalogReader.LedgersAsync(connection, cancellationToken).ConfigureAwait(false)).Chunk(LedgersAtOnce))
        {
            await using var command = new NpgsqlCommand(
                string.Join("\nUNION ALL\n", some.Select(static ledger => LedgerSql.Latest(ledger.Sql))), connection);
            command.Parameters.AddTyped(origin.ToString("D"), NpgsqlDbType.Varchar);
            command.Parameters.AddTyped(limit);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                runs.Add(new LedgerRun(
                    new SequenceRange(origin, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)),
                    new LedgerEntry(Guid.Parse(reader.GetString(3)), new DateTimeOffset(reader.GetDateTime(4))),
                    new DateTimeOffset(reader.GetDateTime(5))));
            }
        }

        return [.. runs.OrderByDescending(static run => run.Range.Last).DistinctBy(static run => run.Range.Last).Take(limit)];
    }
}
