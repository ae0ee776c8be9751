using System.Data;
using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Catalog;

/// <summary>Reads the properties of a table, once for each activation.</summary>
internal static class CatalogReader
{
    private static readonly string Fingerprint = FingerprintReader.Sql(hasDomains: true);

    private const string Columns = """
        SELECT c.relkind::text, a.attname::text, base.typname::text, format_type(base.oid, base.modifier), base.modifier, base.typtype = 'e',
               a.attnotnull OR base.not_null, a.atthasdef OR base.has_default OR a.attidentity <> '', a.attgenerated <> '' OR a.attidentity = 'a',
               c.relkind IN ('r', 'p') AND coalesce(has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'), false),
               base.oid IS DISTINCT FROM a.atttypid
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN LATERAL (
            WITH RECURSIVE chain AS (
                SELECT t.oid, t.typname, t.typtype, t.typbasetype, t.typtypmod, a.atttypmod AS modifier,
                       t.typnotnull AS not_null, t.typdefault IS NOT NULL AS has_default
                FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid
                UNION ALL
                SELECT t.oid, t.typname, t.typtype, t.typbasetype, t.typtypmod, chain.typtypmod,
                       t.typnotnull OR chain.not_null, t.typdefault IS NOT NULL OR chain.has_default
                FROM chain JOIN pg_catalog.pg_type t ON t.oid = chain.typbasetype WHERE chain.typtype = 'd')
            SELECT * FROM chain WHERE typtype <> 'd') base ON true
        WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
        ORDER BY a.attnum
        """;

    private const string SideTables = """
        SELECT to_regnamespace($1) IS NOT NULL, to_regclass($2) IS NOT NULL AND to_regclass($3) IS NOT NULL,
               EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass($2) AND attname = 'content' AND NOT attisdropped)
        """;

    private const string Tables = """
        SELECT n.nspname::text, c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', $1) LIMIT 10000
        """;

    private const string Ledgers = """
        SELECT obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relkind = 'r' AND starts_with(obj_description(c.oid, 'pg_class'), $2) ORDER BY c.relname
        """;

    /// <summary>Reads in one snapshot, so that columns and fingerprint are from the same moment.</summary>
    /// <exception cref="WarehouseException">Rejected: the table does not exist, or is a view.</exception>
    public static async Task<CatalogTable> ReadAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        var columns = new List<WarehouseColumn>();
        var (kind, isLockable, hasDomains) = ("", false, false);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                FingerprintReader.Command(Fingerprint, table),
                Command(Columns, table.Schema, table.Table),
                Command(SideTables, SqlName.Of(LedgerNames.Schema), SqlName.Of(LedgerNames.Ledger(table)), SqlName.Of(LedgerNames.Fence(table))),
            },
        };
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            var fingerprint = await FingerprintReader.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                (kind, isLockable, hasDomains) = (reader.GetString(0), reader.GetBoolean(9), hasDomains || reader.GetBoolean(10));
                if (!await reader.IsDBNullAsync(1, cancellationToken).ConfigureAwait(false)) columns.Add(ColumnTypes.Map(Column(reader)).Shared());
            }

            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (kind is "r" or "p" or "f")
                return new CatalogTable(new TableSchema(table, [.. columns], fingerprint!), isLockable, hasDomains, reader.GetBoolean(0),
                    reader.GetBoolean(1), reader.GetBoolean(2));
        }

        if (kind.Length > 0) throw new WarehouseException(FailureKind.Rejected, $"{table} is a view; expected a table.");
        throw new WarehouseException(FailureKind.Rejected,
            $"There is no table {table}.{await HintAsync(connection, table, cancellationToken).ConfigureAwait(false)}");
    }

    /// <summary>The tables of all ledgers.</summary>
    public static async Task<IReadOnlyList<TableName>> LedgersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Ledgers, connection);
        command.Parameters.AddTyped(LedgerNames.Schema);
        command.Parameters.AddTyped(LedgerNames.CommentPrefix);
        var ledgers = new List<TableName>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            ledgers.Add(TableName.Parse(reader.GetString(0)[LedgerNames.CommentPrefix.Length..]));

        return ledgers;
    }

    private static async Task<string> HintAsync(NpgsqlConnection connection, TableName wrong, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Tables, connection);
        command.Parameters.AddTyped(LedgerNames.Schema);
        var elsewhere = new List<string>();
        var all = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var name = IdentifierText.Quote(reader.GetString(0)) + "." + IdentifierText.Quote(reader.GetString(1));
            (reader.GetString(1) == wrong.Table ? elsewhere : all).Add(name);
        }

        var near = elsewhere.Concat(NearestName.Of(wrong.ToString(), all, 3)).Take(3).ToList();
        return near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : "";
    }

    private static CatalogColumn Column(NpgsqlDataReader reader) => new(
        reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetBoolean(5),
        reader.GetBoolean(6), reader.GetBoolean(7), reader.GetBoolean(8));

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.AddTyped(parameter);
        return command;
    }
}
