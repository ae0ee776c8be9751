using System.Data;
using Coordinator.Tables;

namespace Coordinator.Core.Auditing;

/// <summary>The queries of an audit, in SQL for PostgreSQL, Redshift and DuckDB: ($1 from, $2 to, $3 limit). docs/operating.md shows the same
/// queries for manual use.</summary>
public static class AuditSql
{
    // In the order in which Read expects them.
    private const string Columns = "batch_id, activation, started_at, ended_at, origins, intents, written";

    private static readonly int ColumnCount = Columns.Split(',').Length;

    /// <summary>The writers and their times: one row per transaction, newest first.</summary>
    public static string Writes(string quotedLedger) => $"""
        {WritesOf(quotedLedger)}
        SELECT {Columns} FROM writes ORDER BY ended_at DESC, batch_id LIMIT $3
        """;

    /// <summary>Transactions of different activations that were open at the same time: one row per pair, newest first. Transactions are first
    /// grouped into periods without a gap, so that only neighbours are compared, for a ledger of any length.</summary>
    public static string Overlaps(string quotedLedger) => $"""
        {WritesOf(quotedLedger)},
        ordered AS (
            SELECT *, row_number() OVER (ORDER BY started_at, batch_id) AS ordinal,
                   max(ended_at) OVER (ORDER BY started_at, batch_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
            FROM writes),
        stretches AS (
            SELECT *, sum(CASE WHEN started_at < busy_until THEN 0 ELSE 1 END) OVER (ORDER BY ordinal ROWS UNBOUNDED PRECEDING) AS stretch FROM ordered)
        SELECT {Of("a")}, {Of("b")}
        FROM stretches a JOIN stretches b ON b.stretch = a.stretch AND b.ordinal > a.ordinal AND b.activation <> a.activation AND b.started_at < a.ended_at
        ORDER BY b.started_at DESC, b.ordinal DESC, a.ordinal DESC LIMIT $3
        """;

    /// <summary>Reads a row of <see cref="Writes"/>.</summary>
    public static LedgerWrite ReadWrite(IDataRecord record, TableName table) => Read(record, table, 0);

    /// <summary>Reads a row of <see cref="Overlaps"/>.</summary>
    public static LedgerOverlap ReadOverlap(IDataRecord record, TableName table) => new(Read(record, table, 0), Read(record, table, ColumnCount));

    /// <summary>A transaction has a ledger row for every range of consecutive numbers; here it has one row. Rows with a negative number are
    /// anchors, not intents.</summary>
    private static string WritesOf(string quotedLedger) => $"""
        WITH writes AS (
            SELECT CAST(batch_id AS varchar(36)) AS batch_id, activation, min(started_at) AS started_at, max(ended_at) AS ended_at, count(DISTINCT origin) AS origins,
                   CAST(sum(last_sequence - first_sequence + 1) AS bigint) AS intents, CAST(sum("rows") AS bigint) AS written
            FROM {quotedLedger} WHERE first_sequence >= 0 AND ended_at >= $1 AND started_at < $2 GROUP BY batch_id, activation)
        """;

    private static string Of(string alias) => string.Join(", ", Columns.Split(", ").Select(column => $"{alias}.{column}"));

    private static LedgerWrite Read(IDataRecord record, TableName table, int at) => new(
        table,
        Guid.Parse(record.GetString(at)),
        record.GetString(at + 1),
        Utc(record.GetDateTime(at + 2)),
        Utc(record.GetDateTime(at + 3)),
        record.GetInt64(at + 4),
        record.GetInt64(at + 5),
        record.GetInt64(at + 6));

    private static DateTimeOffset Utc(DateTime value) => new(DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
