using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>One table's ledger and fence within a transaction.</summary>
internal static class DuckDbLedger
{
    /// <summary>Makes the side tables unless they stand. The comment keeps the full name that a long ledger's name cuts.</summary>
    public static void Create(DuckDbSession session, TableName table)
    {
        var (ledger, fence) = (DuckDbSql.Ledger(table), DuckDbSql.Fence(table));
        // Looked at first: to change the catalog again would make the transactions of an activation that is at work conflict.
        var standing = session.Query(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = $1 AND table_name IN ($2, $3)",
            static reader => reader.GetInt64(0),
            LedgerNames.Schema,
            LedgerNames.Ledger(table).Table,
            LedgerNames.Fence(table).Table)[0];
        if (standing == 2) return;
        session.Execute(
            $"""
            CREATE SCHEMA IF NOT EXISTS {LedgerNames.Schema};
            CREATE TABLE IF NOT EXISTS {ledger} (
                origin UUID NOT NULL, first_sequence BIGINT NOT NULL, last_sequence BIGINT NOT NULL, rows BIGINT NOT NULL,
                batch_id UUID NOT NULL, activation VARCHAR NOT NULL, started_at TIMESTAMPTZ NOT NULL, ended_at TIMESTAMPTZ NOT NULL);
            COMMENT ON TABLE {ledger} IS {DuckDbSql.Literal(table.ToString())};
            CREATE TABLE IF NOT EXISTS {fence} (turns BIGINT NOT NULL);
            INSERT INTO {fence} SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM {fence})
            """);
    }

    /// <summary>
    /// Meets rivals: DuckDB is snapshot isolated, so of two transactions that update this row at the same time the second fails at once.
    /// Must be the transaction's first statement: it takes the snapshot in which the ledger is then read.
    /// </summary>
    public static void MeetRivals(DuckDbSession session, TableName table)
    {
        try
        {
            if (session.Execute($"UPDATE {DuckDbSql.Fence(table)} SET turns = turns + 1") == 1) return;
        }
        catch (DuckDB.NET.Data.DuckDBException e) when (DuckDbErrors.Translate(e) is { Kind: FailureKind.Conflict } conflict)
        {
            throw new WarehouseException(FailureKind.Conflict, $"Another transaction writes {table} through the coordinator: {conflict.Message}", e) { IsOverlap = true };
        }

        throw new WarehouseException(FailureKind.Unavailable, $"The fence {LedgerNames.Fence(table)} does not hold exactly one row. Drop it: it is made anew when its table is opened.");
    }

    /// <summary>What the ledger has of some ranges, in one statement however many they are.</summary>
    public static List<KnownRange> Find(DuckDbSession session, TableName table, IReadOnlyList<SequenceRange> ranges) =>
        session.Query(
            $"""
            SELECT l.origin, l.first_sequence, l.last_sequence, l.rows, l.batch_id, l.ended_at
            FROM (SELECT unnest($1) AS origin, unnest($2) AS first, unnest($3) AS last) asked
            JOIN {DuckDbSql.Ledger(table)} l ON l.origin = asked.origin AND l.first_sequence <= asked.last AND l.last_sequence >= asked.first
            """,
            static reader => new KnownRange(
                new SequenceRange(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)),
                new LedgerEntry(reader.GetGuid(4), new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(5), DateTimeKind.Utc)))),
            ranges.Select(static r => r.Origin).ToList(),
            ranges.Select(static r => r.First).ToList(),
            ranges.Select(static r => r.Last).ToList());

    /// <summary>Writes what the transaction does into the ledger.</summary>
    public static void Write(
        DuckDbSession session, TableName table, IReadOnlyList<SequenceRange> ranges, Guid batchId, string activation, DateTimeOffset startedAt, DateTimeOffset endedAt)
    {
        var ledger = LedgerNames.Ledger(table);
        using var appender = session.Connection.CreateAppender(ledger.Schema, ledger.Table);
        foreach (var range in ranges)
        {
            appender.CreateRow()
                .AppendValue((Guid?)range.Origin).AppendValue((long?)range.First).AppendValue((long?)range.Last).AppendValue((long?)range.Rows)
                .AppendValue((Guid?)batchId).AppendValue(activation).AppendValue((DateTimeOffset?)startedAt).AppendValue((DateTimeOffset?)endedAt)
                .EndRow();
        }

        appender.Close();
    }
}
