using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Coordinator.Warehouse.Postgres.Catalog;

namespace Coordinator.Warehouse.Postgres.Ledgers;

/// <summary>The statements for one table, its ledger and its fence. Every transaction writes them anew: kept, their texts would be a third of an
/// idle table.</summary>
internal sealed class LedgerSql(TableName table, bool isLockable = true, bool hasDomains = true)
{
    // Some seconds of a turn. The ledger of an earlier version, which was never pruned, shrinks turn by turn.
    private const int MaxPruned = 500_000;

    private static readonly string FingerprintWithDomains = FingerprintReader.Sql(hasDomains: true);
    private static readonly string FingerprintWithoutDomains = FingerprintReader.Sql(hasDomains: false);

    public TableName Table => table;

    /// <summary>False for a table that LOCK TABLE cannot name: a foreign table, or one of which the user may write only some columns.</summary>
    public bool IsLockable => isLockable;

    /// <summary>The table's fingerprint: ($1 schema, $2 table).</summary>
    public string Fingerprint => hasDomains ? FingerprintWithDomains : FingerprintWithoutDomains;

    /// <summary>Detects rivals: ($1 batch, $2 activation).</summary>
    public string Fence => $"UPDATE {FenceName} SET batch_id = $1, activation = $2, started_at = now() WHERE id = 1";

    /// <summary>Deletes what is older than $1, up to a limit.</summary>
    public string Prune => $"{PruneSql.Of(Ledger, "$1")} AND ctid IN (SELECT ctid FROM {Ledger} WHERE ended_at < $1 LIMIT {MaxPruned})";

    /// <summary>The ledger rows for ranges: ($1 origins, $2 firsts, $3 lasts).</summary>
    public string Overlaps => OverlapsOf(Ledger, "l.content");

    /// <summary>The same for a ledger of an earlier version.</summary>
    public string OverlapsWithoutContent => OverlapsOf(Ledger, "NULL::uuid");

    /// <summary>Upgrades a ledger of an earlier version.</summary>
    public string AddContent => $"ALTER TABLE {Ledger} ADD COLUMN IF NOT EXISTS content uuid";

    /// <summary>Adds ranges: ($1 origins, $2 firsts, $3 lasts, $4 rows, $5 contents, $6 batch, $7 activation). Returns the clock.</summary>
    public string Record => $"""
        WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at), written AS (
            INSERT INTO {Ledger} (origin, first_sequence, last_sequence, rows, content, batch_id, activation, started_at, ended_at)
            SELECT r.origin, r.first, r.last, r.rows, r.content, $6, $7, now(), moment.at
            FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::uuid[]) AS r(origin, first, last, rows, content), moment)
        SELECT at FROM moment
        """;

    /// <summary>Creates ledger and fence. If two silos do this concurrently, one of them fails and retries.</summary>
    public string Create(bool withSchema)
    {
        var (ledger, fence) = (Ledger, FenceName);
        return $"""
            {(withSchema ? $"CREATE SCHEMA IF NOT EXISTS {SqlName.Of(LedgerNames.Schema)};" : "")}
            CREATE TABLE IF NOT EXISTS {ledger} (
                origin uuid NOT NULL, first_sequence bigint NOT NULL, last_sequence bigint NOT NULL, rows bigint NOT NULL,
                batch_id uuid NOT NULL, activation text NOT NULL, started_at timestamptz NOT NULL, ended_at timestamptz NOT NULL,
                content uuid, PRIMARY KEY (origin, last_sequence));
            COMMENT ON TABLE {ledger} IS '{LedgerNames.CommentPrefix}{Table.ToString().Replace("'", "''", StringComparison.Ordinal)}';
            CREATE TABLE IF NOT EXISTS {fence} (
                id int PRIMARY KEY CHECK (id = 1), batch_id uuid, activation text, started_at timestamptz) WITH (fillfactor = 10);
            INSERT INTO {fence} (id) VALUES (1) ON CONFLICT DO NOTHING;
            """;
    }

    /// <summary>Blocks DDL until the end of the transaction, in the mode that COPY takes anyway, without a snapshot. Partitions are omitted: DDL on
    /// what they share with their table locks the table too.</summary>
    public static string Lock(TableSchema target) => $"LOCK TABLE ONLY {target.SqlName} IN ROW EXCLUSIVE MODE";

    /// <summary>Finds one number: ($1 origin, $2 sequence). Ranges never overlap, so the first range that ends at it or later decides.</summary>
    public static string Lookup(string quotedLedger, int ordinal) => $"""
        SELECT {ordinal} AS ordinal, l.* FROM (
            SELECT first_sequence, last_sequence, rows, batch_id, ended_at FROM {quotedLedger}
            WHERE origin = $1 AND last_sequence >= $2 ORDER BY last_sequence LIMIT 1) l
        WHERE l.first_sequence <= $2
        """;

    /// <summary>An origin's latest rows: ($1 origin, $2 limit).</summary>
    public static string Latest(string quotedLedger) => $"""
        (SELECT first_sequence, last_sequence, rows, batch_id, ended_at, started_at FROM {quotedLedger}
        WHERE origin = $1 ORDER BY last_sequence DESC LIMIT $2)
        """;

    // Canonical names are SQL.
    private string Ledger => LedgerNames.Ledger(table).ToString();

    private string FenceName => LedgerNames.Fence(table).ToString();

    /// <summary>Ranges never overlap, so besides those that end within the requested range only the next one can reach into it. Both are short
    /// index scans on (origin, last_sequence); an ordinary overlap condition would scan the whole past of an origin.</summary>
    private static string OverlapsOf(string ledger, string content)
    {
        var columns = $"l.origin, l.first_sequence, l.last_sequence, l.rows, l.batch_id, l.ended_at, {content} AS content";
        return $"""
            SELECT known.* FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS r(origin, first, last) CROSS JOIN LATERAL (
                SELECT {columns} FROM {ledger} l WHERE l.origin = r.origin AND l.last_sequence BETWEEN r.first AND r.last
                UNION ALL
                SELECT l.* FROM (
                    SELECT {columns} FROM {ledger} l WHERE l.origin = r.origin AND l.last_sequence > r.last ORDER BY l.last_sequence LIMIT 1) l
                WHERE l.first_sequence <= r.last) known
            """;
    }
}
