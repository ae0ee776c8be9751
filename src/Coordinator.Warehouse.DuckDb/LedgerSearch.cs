using Coordinator.Core.Auditing;
using Coordinator.Core.Ledger;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>All ledgers of a database.</summary>
internal static class LedgerSearch
{
    /// <summary>Finds an intent in all ledgers, in one statement.</summary>
    public static LedgerRecord? Find(DuckDbSession session, IntentId id)
    {
        var ledgers = All(session);
        if (ledgers.Count == 0) return null;
        var each = ledgers.Select(static ledger =>
            $"""
            SELECT {DuckDbSql.Literal(ledger.Table.ToString())}, first_sequence, last_sequence, rows, batch_id, ended_at
            FROM {ledger.Sql} WHERE origin = $1 AND first_sequence <= $2 AND last_sequence >= $2
            """);
        var found = session.Query(
            string.Join(" UNION ALL ", each) + " LIMIT 1",
            reader => new LedgerRecord(
                TableName.Parse(reader.GetString(0)),
                new WriteReceipt
                {
                    Id = id,
                    Status = WriteStatus.AlreadyCommitted,
                    // A ledger row with several intents does not have the row count of each.
                    Rows = reader.GetInt64(1) == reader.GetInt64(2) ? reader.GetInt64(3) : 0,
                    BatchId = reader.GetGuid(4),
                    CommittedAt = Utc(reader.GetDateTime(5)),
                })
            {
                First = id with { Sequence = reader.GetInt64(1) },
            },
            id.Origin,
            id.Sequence);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>An origin's latest rows in all ledgers, newest first.</summary>
    public static IReadOnlyList<LedgerRun> Runs(DuckDbSession session, Guid origin, int limit)
    {
        var ledgers = All(session);
        if (ledgers.Count == 0) return [];
        var each = ledgers.Select(static ledger =>
            $"""
            (SELECT first_sequence, last_sequence, rows, batch_id, ended_at, started_at
            FROM {ledger.Sql} WHERE origin = $1 ORDER BY last_sequence DESC LIMIT $2)
            """);
        var runs = session.Query(
            $"SELECT * FROM ({string.Join(" UNION ALL ", each)}) AS latest ORDER BY last_sequence DESC",
            reader => new LedgerRun(
                new SequenceRange(origin, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)),
                new LedgerEntry(reader.GetGuid(3), Utc(reader.GetDateTime(4))),
                Utc(reader.GetDateTime(5))),
            origin,
            (long)limit);
        return [.. runs.DistinctBy(static run => run.Range.Last).Take(limit)];
    }

    /// <summary>The existing ledgers.</summary>
    public static List<LedgerName> All(DuckDbSession session) => session.Query(
        "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = $1 AND comment IS NOT NULL",
        static reader => new LedgerName(
            TableName.Parse(reader.GetString(1)), DuckDbSql.Quote(new TableName(LedgerNames.Schema, reader.GetString(0)))),
        LedgerNames.Schema);

    private static DateTimeOffset Utc(DateTime value) => new(DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
