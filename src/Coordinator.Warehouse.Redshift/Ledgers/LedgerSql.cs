using System.Globalization;
using Coordinator.Core.Ledger;
using Coordinator.Tables;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>The constant statements for one table's ledger and fence.</summary>
internal sealed class LedgerSql
{
    public LedgerSql(TableName table)
    {
        Table = table;
        Ledger = SqlName.Of(LedgerNames.Ledger(table));
        var fence = SqlName.Of(LedgerNames.Fence(table));
        Fence = $"UPDATE {fence} SET batch_id = $1, activation = $2, started_at = SYSDATE WHERE id = 1";
        Prune = PruneSql.Of(Ledger, "$1");
        // Lookups are by origin and number. A sort key limits them to a range of blocks, and a row is so small that its distribution does not
        // matter.
        CreateLedger = $"""
            CREATE TABLE {Ledger} (
                origin char(36) NOT NULL, first_sequence bigint NOT NULL, last_sequence bigint NOT NULL, "rows" bigint NOT NULL,
                batch_id char(36) NOT NULL, activation varchar(256) NOT NULL, started_at timestamptz NOT NULL, ended_at timestamptz NOT NULL,
                {LedgerNames.Content} char(36))
            DISTSTYLE AUTO COMPOUND SORTKEY (origin, last_sequence)
            """;
        CommentLedger = $"COMMENT ON TABLE {Ledger} IS '{Escaped(LedgerNames.CommentPrefix + table)}'";
        AddContent = $"ALTER TABLE {Ledger} ADD COLUMN {LedgerNames.Content} char(36)";
        CreateFence = $"CREATE TABLE {fence} (id int NOT NULL, batch_id char(36), activation varchar(256), started_at timestamptz) DISTSTYLE ALL";
        FillFence = $"INSERT INTO {fence} (id) VALUES (1)";
        Outcome = $"SELECT max(ended_at) FROM {Ledger} WHERE batch_id = $1";
    }

    public TableName Table { get; }

    /// <summary>The ledger's name, quoted.</summary>
    public string Ledger { get; }

    /// <summary>Detects rivals under SNAPSHOT: ($1 batch, $2 activation).</summary>
    public string Fence { get; }

    /// <summary>Deletes what is older than $1.</summary>
    public string Prune { get; }

    public string CreateLedger { get; }

    public string CommentLedger { get; }

    /// <summary>Upgrades a ledger of an earlier version.</summary>
    public string AddContent { get; }

    public string CreateFence { get; }

    public string FillFence { get; }

    /// <summary>When the batch $1 was committed; null if it was not.</summary>
    public string Outcome { get; }

    /// <summary>Finds one number: ($1 origin, $2 sequence).</summary>
    public static string Lookup(string quotedLedger, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT {ordinal} AS ordinal, first_sequence, last_sequence, "rows", batch_id, ended_at FROM {quotedLedger}
        WHERE origin = $1 AND last_sequence >= $2 AND first_sequence <= $2
        """);

    /// <summary>An origin's latest rows: ($1 origin, $2 limit).</summary>
    public static string Latest(string quotedLedger) => $"""
        (SELECT first_sequence, last_sequence, "rows", batch_id, ended_at, started_at FROM {quotedLedger}
        WHERE origin = $1 ORDER BY last_sequence DESC LIMIT $2)
        """;

    // A backslash escapes within every string.
    private static string Escaped(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
}
