using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Catalog;

/// <summary>Reads a table's fingerprint from the catalog in the snapshot of the surrounding transaction. It looks names up in the catalog's
/// tables, because <c>regclass</c> ignores the snapshot.</summary>
/// <remarks>The text of a default and a CHECK of a column are not part of it: the server itself applies them to every row. For a domain
/// everything that binding relies on is part of it, because no lock on the table prevents ALTER DOMAIN.</remarks>
internal static class FingerprintReader
{
    /// <summary>For a domain: the chain down to its base type. Null for every other type.</summary>
    private const string Chain = """
        (WITH RECURSIVE chain AS (
            SELECT 1 AS depth, t.oid, t.typbasetype, t.typnotnull, t.typdefault IS NOT NULL AS has_default FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid AND t.typtype = 'd'
            UNION ALL
            SELECT chain.depth + 1, t.oid, t.typbasetype, t.typnotnull, t.typdefault IS NOT NULL FROM chain JOIN pg_catalog.pg_type t ON t.oid = chain.typbasetype WHERE t.typtype = 'd')
        SELECT string_agg(concat_ws(' ', oid, typbasetype, typnotnull, has_default), ' ' ORDER BY depth) FROM chain)
        """;

    /// <summary>($1 schema, $2 table.) A row for each column, or one row without a column.</summary>
    /// <param name="hasDomains">False for a table without columns of domain types: a query with the same result, at a third of the server's
    /// cost.</param>
    public static string Sql(bool hasDomains) => $"""
        SELECT concat_ws(' ', c.oid, c.relkind), a.attnum, a.attname::text, concat_ws(' ', a.atttypid, a.atttypmod, {(hasDomains ? Chain : "NULL")}),
               a.attnotnull, a.atthasdef, concat(a.attidentity, a.attgenerated)
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE n.nspname = $1 AND c.relname = $2
        ORDER BY a.attnum
        """;

    /// <summary>The query, for a batch.</summary>
    public static NpgsqlBatchCommand Command(string sql, TableName table)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddTyped(table.Schema);
        command.Parameters.AddTyped(table.Table);
        return command;
    }

    /// <summary>Reads the reader's present result; null if the relation does not exist.</summary>
    public static async Task<string?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var (relation, columns) = ((string?)null, new List<FingerprintColumn>());
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            relation = reader.GetString(0);
            if (reader.IsDBNull(1)) continue;
            columns.Add(new FingerprintColumn(
                reader.GetInt16(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetString(6)));
        }

        return relation is null ? null : new TableFingerprint(relation, columns).ToString();
    }

    /// <summary>Reads the present fingerprint in a separate session.</summary>
    public static async Task<string?> ReadAsync(
        NpgsqlConnection connection, string sql, TableName table, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Command(sql, table) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(reader, cancellationToken).ConfigureAwait(false);
    }
}
