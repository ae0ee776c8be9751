using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Searches the ledgers of some tables in one statement.</summary>
internal static class LedgerSearch
{
    public static FoundRange? Find(DuckDbSession session, IReadOnlyList<TableName> tables, IntentId id)
    {
        var each = tables.Select(static (table, i) =>
            $"""
            SELECT {i}, first_sequence, last_sequence, rows, batch_id, ended_at
            FROM {DuckDbSql.Ledger(table)} WHERE origin = $1 AND first_sequence <= $2 AND last_sequence >= $2
            """);
        var found = session.Query(
            string.Join(" UNION ALL ", each) + " LIMIT 1",
            reader => new FoundRange(
                tables[reader.GetInt32(0)],
                new KnownRange(
                    new SequenceRange(id.Origin, reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)),
                    new LedgerEntry(reader.GetGuid(4), Utc(reader.GetDateTime(5))))),
            id.Origin,
            id.Sequence);
        return found.Count > 0 ? found[0] : null;
    }

    public static List<LedgerRun> Runs(DuckDbSession session, IReadOnlyList<TableName> tables, Guid origin, int limit)
    {
        var each = tables.Select(static table =>
            $"""
            (SELECT first_sequence, last_sequence, rows, batch_id, ended_at, started_at
            FROM {DuckDbSql.Ledger(table)} WHERE origin = $1 ORDER BY last_sequence DESC LIMIT $2)
            """);
        return session.Query(
            string.Join(" UNION ALL ", each),
            reader => new LedgerRun(
                new SequenceRange(origin, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)),
                new LedgerEntry(reader.GetGuid(3), Utc(reader.GetDateTime(4))),
                Utc(reader.GetDateTime(5))),
            origin,
            (long)limit);
    }

    /// <summary>The tables of all ledgers.</summary>
    public static List<TableName> Tables(DuckDbSession session) => session.Query(
        "SELECT comment FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = $1 AND comment IS NOT NULL",
        static reader => TableName.Parse(reader.GetString(0)),
        LedgerNames.Schema);

    private static DateTimeOffset Utc(DateTime value) => new(DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
