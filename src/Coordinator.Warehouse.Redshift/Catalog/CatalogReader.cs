using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Tables;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Catalog;

/// <summary>Reads the properties of a table from the leader node's catalog, once for each activation and after a change. SVV_TABLES and SVV_COLUMNS
/// ask every external schema too, which takes minutes (redshift-jdbc-driver#64), and a Multi-AZ cluster does not have them.</summary>
internal static class CatalogReader
{
    private const string FromRelations = "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace";

    private const string FromColumns = FromRelations + " JOIN pg_attribute a ON a.attrelid = c.oid";

    private const string WhereColumn = "WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped";

    private const string Columns = $"""
        SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
        {FromColumns} LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        {WhereColumn} ORDER BY a.attnum
        """;

    private const string Tables =
        $"SELECT n.nspname, c.relname, c.relkind {FromRelations} "
        + "WHERE (n.nspname = $1 AND c.relname = $2) OR (n.nspname = $3 AND c.relname IN ($4, $5))";

    private const string ColumnNames = $"SELECT a.attname {FromColumns} {WhereColumn}";

    private const int MaxTries = 5;

    private const string SideSchema = "SELECT count(*) FROM pg_namespace WHERE nspname = $1";

    private const string AllTables =
        $"SELECT n.nspname, c.relname {FromRelations} WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg!_%' ESCAPE '!' "
        + "AND n.nspname NOT IN ('information_schema', $1) LIMIT 10000";

    private const string Relations =
        $"SELECT n.nspname, c.relname, c.relkind {FromRelations} WHERE c.relkind IN ('r', 'p', 'v', 'm') "
        + "AND n.nspname NOT LIKE 'pg!_temp%' ESCAPE '!' AND n.nspname NOT IN ('pg_catalog', 'information_schema')";

    private const string Ledgers =
        $"SELECT d.description {FromRelations} JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = 0 "
        + "WHERE n.nspname = $1 AND d.description LIKE $2 ORDER BY c.relname";

    private const string Session =
        "SELECT current_setting('search_path'), current_user, current_database(), current_setting('enable_case_sensitive_identifier')";

    /// <exception cref="WarehouseException">Rejected: the table does not exist, or is a view.</exception>
    public static async Task<CatalogTable> ReadAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        var (ledger, fence) = (LedgerNames.Ledger(table).Table, LedgerNames.Fence(table).Table);
        var kinds = new Dictionary<(string, string), char>();
        await using (var reader = await ReadAsync(
            connection, Tables, [table.Schema, table.Table, LedgerNames.Schema, ledger, fence], cancellationToken).ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                kinds[(reader.GetString(0), reader.GetString(1))] = reader.GetChar(2);
        }

        if (!kinds.TryGetValue((table.Schema, table.Table), out var kind))
            throw new WarehouseException(FailureKind.Rejected,
                $"There is no table {table}.{await HintAsync(connection, table, cancellationToken).ConfigureAwait(false)}")
            {
                Cause =
                FailureCause.RejectedStatement
            };
        if (IsView(kind))
            throw new WarehouseException(FailureKind.Rejected, $"{table} is a view; expected a table.") { Cause = FailureCause.RejectedStatement };
        var (hasLedger, hasFence) = (kinds.ContainsKey((LedgerNames.Schema, ledger)), kinds.ContainsKey((LedgerNames.Schema, fence)));
        var hasSchema = hasLedger || hasFence || await HasSideSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
        var hasContent = hasLedger && (await NamesOfColumnsAsync(connection, LedgerNames.Ledger(table), cancellationToken).ConfigureAwait(false))
            .Contains(LedgerNames.Content);
        return new CatalogTable(await SchemaAsync(connection, table, cancellationToken).ConfigureAwait(false), hasSchema, hasLedger, hasFence,
            hasContent);
    }

    /// <summary>The exact names of a relation's columns; empty if it does not exist.</summary>
    public static async Task<IReadOnlySet<string>> NamesOfColumnsAsync(
        NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await ReadAsync(connection, ColumnNames, [table.Schema, table.Table], cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) names.Add(reader.GetString(0));
        return names;
    }

    /// <summary>The names that this session can resolve.</summary>
    public static async Task<CatalogNames> NamesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var show = new NpgsqlCommand(Session, connection);
        IReadOnlyList<string> path;
        string database;
        bool isCaseSensitive;
        await using (var reader = await show.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            path = SearchPath(reader.GetString(0), reader.GetString(1));
            database = reader.GetString(2);
            isCaseSensitive = reader.GetString(3) is "on" or "true";
        }

        var (tables, views) = (new HashSet<TableName>(), new HashSet<TableName>());
        await using var all = await ReadAsync(connection, Relations, [], cancellationToken).ConfigureAwait(false);
        while (await all.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            (IsView(all.GetChar(2)) ? views : tables).Add(new TableName(all.GetString(0), all.GetString(1)));
        }

        return new CatalogNames(database, isCaseSensitive, path, tables, views);
    }

    /// <summary>The database of the session.</summary>
    public static async Task<string> DatabaseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT current_database()", connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>The tables of all ledgers.</summary>
    public static async Task<IReadOnlyList<TableName>> LedgersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var ledgers = new List<TableName>();
        await using var reader = await ReadAsync(connection, Ledgers, [LedgerNames.Schema, LedgerNames.CommentPrefix + "%"], cancellationToken)
            .ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            ledgers.Add(TableName.Parse(reader.GetString(0)[LedgerNames.CommentPrefix.Length..]));

        return ledgers;
    }

    private static bool IsView(char relationKind) => relationKind is 'v' or 'm';

    private static List<string> SearchPath(string setting, string user) =>
        [.. setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(static name => name.Trim('"'))
            .Select(name => name == "$user" ? user : name)];

    /// <summary>If the fingerprints before and after are equal, the columns belong to them. Redshift does not guarantee that catalog reads in
    /// one transaction are from one moment.</summary>
    private static async Task<TableSchema> SchemaAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MaxTries; i++)
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(FingerprintReader.Command(table));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Columns));
            batch.BatchCommands[1].Parameters.AddTyped(table.Schema, NpgsqlDbType.Varchar);
            batch.BatchCommands[1].Parameters.AddTyped(table.Table, NpgsqlDbType.Varchar);
            batch.BatchCommands.Add(FingerprintReader.Command(table));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            var before = await FingerprintReader.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            var columns = await ColumnsAsync(reader, cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            if (before is not null && before == await FingerprintReader.ReadAsync(reader, cancellationToken).ConfigureAwait(false))
                return new TableSchema(table, columns, before);
        }

        throw new WarehouseException(FailureKind.Unavailable, $"{table} changed each time that its columns were read.");
    }

    private static async Task<List<WarehouseColumn>> ColumnsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var columns = new List<WarehouseColumn>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var column = ColumnTypes.Map(
                reader.GetString(0), reader.GetString(1), isNullable: !reader.GetBoolean(2), reader.IsDBNull(3) ? null : reader.GetString(3));
            columns.Add(column.Shared());
        }

        return columns;
    }

    private static async Task<bool> HasSideSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var reader = await ReadAsync(connection, SideSchema, [LedgerNames.Schema], cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && reader.GetInt64(0) > 0;
    }

    private static async Task<string> HintAsync(NpgsqlConnection connection, TableName wrong, CancellationToken cancellationToken)
    {
        var elsewhere = new List<string>();
        var all = new List<string>();
        await using var reader = await ReadAsync(connection, AllTables, [LedgerNames.Schema], cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var name = IdentifierText.Quote(reader.GetString(0)) + "." + IdentifierText.Quote(reader.GetString(1));
            (reader.GetString(1) == wrong.Table ? elsewhere : all).Add(name);
        }

        var near = elsewhere.Concat(NearestName.Of(wrong.ToString(), all, 3)).Take(3).ToList();
        return near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : "";
    }

    private static async Task<NpgsqlDataReader> ReadAsync(
        NpgsqlConnection connection, string sql, string[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.AddTyped(parameter, NpgsqlDbType.Varchar);
        return await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
    }
}
