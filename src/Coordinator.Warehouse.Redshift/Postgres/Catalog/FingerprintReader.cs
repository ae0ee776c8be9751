using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres.Catalog;

/// <summary>Reads a table's fingerprint from the catalog, by the snapshot of the transaction around it: names are looked up in the catalog's own tables, not by <c>regclass</c>, which knows no snapshot.</summary>
/// <remarks>
/// A default's text and a column's CHECK are not in it: the server itself applies them to every row. Of a domain all is in it that binding relies on, for no lock on the table keeps ALTER DOMAIN out.
/// </remarks>
internal static class FingerprintReader
{
    /// <summary>($1 schema, $2 table.) A row for the relation, which comes first, and one for each column.</summary>
    public const string Sql = """
        WITH RECURSIVE relation AS (
            SELECT c.oid, c.relkind FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2),
        attribute AS (
            SELECT a.* FROM relation r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid WHERE a.attnum > 0 AND NOT a.attisdropped),
        chain AS (
            SELECT a.attnum, 1 AS depth, t.oid, t.typbasetype, t.typnotnull, t.typdefault IS NOT NULL AS has_default
            FROM attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid WHERE t.typtype = 'd'
            UNION ALL
            SELECT c.attnum, c.depth + 1, t.oid, t.typbasetype, t.typnotnull, t.typdefault IS NOT NULL
            FROM chain c JOIN pg_catalog.pg_type t ON t.oid = c.typbasetype WHERE t.typtype = 'd')
        SELECT 0 AS number, concat_ws(' ', oid, relkind) AS name, '' AS type, false, false, '' FROM relation
        UNION ALL
        SELECT a.attnum, a.attname::text,
               concat_ws(' ', a.atttypid, a.atttypmod,
                   (SELECT string_agg(concat_ws(' ', c.oid, c.typbasetype, c.typnotnull, c.has_default), ' ' ORDER BY c.depth) FROM chain c WHERE c.attnum = a.attnum)),
               a.attnotnull, a.atthasdef, concat(a.attidentity, a.attgenerated)
        FROM attribute a
        ORDER BY number
        """;

    /// <summary>The question, for a batch.</summary>
    public static NpgsqlBatchCommand Command(TableName table)
    {
        var command = new NpgsqlBatchCommand(Sql);
        command.Parameters.AddTyped(table.Schema);
        command.Parameters.AddTyped(table.Table);
        return command;
    }

    /// <summary>Reads the answer that a reader stands before; null if there is no such relation.</summary>
    public static async Task<string?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        var (relation, columns) = (reader.GetString(1), new List<FingerprintColumn>());
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            columns.Add(new FingerprintColumn(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.GetString(5)));
        }

        return new TableFingerprint(relation, columns).ToString();
    }

    /// <summary>Reads it as it is at this moment, in a session of its own.</summary>
    public static async Task<string?> ReadAsync(NpgsqlDataSource source, TableName table, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(table));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(reader, cancellationToken).ConfigureAwait(false);
    }
}
