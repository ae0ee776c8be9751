using System.Globalization;
using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Tables;
using DuckDB.NET.Data;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>One table's ledger and fence within a transaction.</summary>
internal static class DuckDbLedger
{
    /// <summary>Creates missing side tables, and adds missing columns to a ledger of an earlier version. The comment keeps the full name if the
    /// ledger's name is shortened.</summary>
    public static void Create(DuckDbSession session, TableName table)
    {
        var (ledger, fence) = (DuckDbSql.Ledger(table), DuckDbSql.Fence(table));
        // Checked first: another catalog change would cause conflicts with an active activation's transactions.
        var columns = CatalogReader.Columns(session, LedgerNames.Ledger(table));
        var hasContent = HasContent(columns);
        if (hasContent && CatalogReader.Columns(session, LedgerNames.Fence(table)).Count > 0) return;
        if (columns.Count > 0 && !hasContent) session.Execute($"ALTER TABLE {ledger} ADD COLUMN content UUID");
        session.Execute(
            $"""
            CREATE SCHEMA IF NOT EXISTS {LedgerNames.Schema};
            CREATE TABLE IF NOT EXISTS {ledger} (
                origin UUID NOT NULL, first_sequence BIGINT NOT NULL, last_sequence BIGINT NOT NULL, rows BIGINT NOT NULL,
                batch_id UUID NOT NULL, activation VARCHAR NOT NULL, started_at TIMESTAMPTZ NOT NULL, ended_at TIMESTAMPTZ NOT NULL, content UUID);
            COMMENT ON TABLE {ledger} IS {DuckDbSql.Literal(table.ToString())};
            CREATE TABLE IF NOT EXISTS {fence} (turns BIGINT NOT NULL);
            INSERT INTO {fence} SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM {fence})
            """);
    }

    /// <summary>Detects rivals: DuckDB has snapshot isolation, so the second of two concurrent transactions that update this row fails
    /// immediately. Must be the transaction's first statement, because it takes the snapshot in which the ledger is read.</summary>
    public static void MeetRivals(DuckDbSession session, TableName table)
    {
        try
        {
            if (session.Execute($"UPDATE {DuckDbSql.Fence(table)} SET turns = turns + 1") == 1) return;
        }
        catch (DuckDBException e) when (WarehouseFailure.Translate(e) is { Kind: FailureKind.Conflict } conflict)
        {
            throw new WarehouseException(
                FailureKind.Conflict, $"Another transaction writes {table} through the coordinator: {conflict.Message}", e)
            { IsOverlap = true };
        }
        catch (DuckDBException e) when (WarehouseFailure.IsMissingTable(e))
        {
            throw Gone(LedgerNames.Fence(table), e);
        }

        throw new WarehouseException(FailureKind.Unavailable,
            $"The fence {LedgerNames.Fence(table)} does not hold exactly one row. Drop it: it is created again when its table is opened.");
    }

    /// <summary>The ledger rows for any number of ranges, in one statement.</summary>
    public static List<KnownRange> Find(DuckDbSession session, TableName table, IReadOnlyList<SequenceRange> ranges, bool hasContent = true)
    {
        try
        {
            return session.Query(
                $"""
                SELECT l.origin, l.first_sequence, l.last_sequence, l.rows, l.batch_id, l.ended_at, {(hasContent ? "l.content" : "NULL::UUID")}
                FROM (SELECT unnest($1) AS origin, unnest($2) AS first, unnest($3) AS last) asked
                JOIN {DuckDbSql.Ledger(table)} l ON l.origin = asked.origin AND l.first_sequence <= asked.last AND l.last_sequence >= asked.first
                """,
                Read,
                ranges.Select(static r => r.Origin).ToList(),
                ranges.Select(static r => r.First).ToList(),
                ranges.Select(static r => r.Last).ToList());
        }
        catch (DuckDBException e) when (WarehouseFailure.IsMissingTable(e))
        {
            throw Gone(LedgerNames.Ledger(table), e);
        }
    }

    /// <summary>The ledger rows for the ranges, each once. The ledger may not exist, or be of an earlier version.</summary>
    public static IReadOnlyList<KnownRange> FindAny(DuckDbSession session, TableName table, IReadOnlyList<SequenceRange> ranges)
    {
        var columns = CatalogReader.Columns(session, LedgerNames.Ledger(table));
        return columns.Count == 0 || ranges.Count == 0 ? [] : [.. Find(session, table, ranges, HasContent(columns)).Distinct()];
    }

    /// <summary>Deletes what is older.</summary>
    public static void Prune(DuckDbSession session, TableName table, DateTimeOffset before) => session.Execute(
        PruneSql.Of(DuckDbSql.Ledger(table), string.Create(CultureInfo.InvariantCulture, $"TIMESTAMPTZ '{before:yyyy-MM-dd HH:mm:ss.ffffffzzz}'")));

    /// <summary>Records the transaction's intents in the ledger.</summary>
    public static void Write(
        DuckDbSession session, TableName table, IReadOnlyList<SequenceRange> ranges, Guid batchId, OwnerToken activation, DateTimeOffset startedAt,
        DateTimeOffset endedAt)
    {
        var ledger = LedgerNames.Ledger(table);
        using var appender = session.Connection.CreateAppender(ledger.Schema, ledger.Table);
        foreach (var range in ranges)
        {
            var row = appender.CreateRow();
            row.AppendValue((Guid?)range.Origin).AppendValue((long?)range.First).AppendValue((long?)range.Last).AppendValue((long?)range.Rows)
                .AppendValue((Guid?)batchId).AppendValue(activation.ToString())
                .AppendValue((DateTimeOffset?)startedAt).AppendValue((DateTimeOffset?)endedAt);
            if (range.Content == Guid.Empty) row.AppendNullValue();
            else row.AppendValue((Guid?)range.Content);
            row.EndRow();
        }

        appender.Close();
    }

    private static KnownRange Read(DuckDBDataReader reader) => new(
        new SequenceRange(
            reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.IsDBNull(6) ? Guid.Empty : reader.GetGuid(6)),
        new LedgerEntry(reader.GetGuid(4), new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(5), DateTimeKind.Utc))));

    private static WarehouseException Gone(TableName sideTable, Exception cause) =>
        new(FailureKind.SchemaChanged, $"{sideTable} does not exist: it is created when its table is opened again.", cause);

    private static bool HasContent(List<DuckDbColumn> columns) => columns.Any(static c => c.Name == "content");
}
