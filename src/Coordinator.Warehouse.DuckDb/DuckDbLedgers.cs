using Coordinator.Core.Ledger;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>All ledgers of a database.</summary>
internal static class DuckDbLedgers
{
    /// <summary>Looks for an intent in every ledger, in one statement.</summary>
    public static LedgerRecord? Find(DuckDbSession session, IntentId id)
    {
        var ledgers = session.Query(
            "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = $1 AND comment IS NOT NULL",
            static reader => (Name: reader.GetString(0), Target: reader.GetString(1)),
            LedgerNames.Schema);
        if (ledgers.Count == 0) return null;
        var each = ledgers.Select(static ledger =>
            $"""
            SELECT {DuckDbSql.Literal(ledger.Target)}, first_sequence, last_sequence, rows, batch_id, ended_at
            FROM {LedgerNames.Schema}.{DuckDbSql.Quote(ledger.Name)} WHERE origin = $1 AND first_sequence <= $2 AND last_sequence >= $2
            """);
        var found = session.Query(
            string.Join(" UNION ALL ", each) + " LIMIT 1",
            reader => new LedgerRecord(
                TableName.Parse(reader.GetString(0)),
                new WriteReceipt
                {
                    Id = id,
                    Status = WriteStatus.AlreadyCommitted,
                    // A row that holds several intents does not say how its rows divide.
                    Rows = reader.GetInt64(1) == reader.GetInt64(2) ? reader.GetInt64(3) : 0,
                    BatchId = reader.GetGuid(4),
                    CommittedAt = new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(5), DateTimeKind.Utc)),
                }),
            id.Origin,
            id.Sequence);
        return found.Count > 0 ? found[0] : null;
    }
}
