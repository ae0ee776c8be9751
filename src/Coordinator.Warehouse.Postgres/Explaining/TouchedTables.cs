using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Explaining;

/// <summary>Reads from the session's own locks which tables the explained statement touches, and from the catalog what else it may
/// trigger.</summary>
/// <remarks>To plan a statement PostgreSQL locks every relation that it names, directly or through views and rules, in the same mode as for its
/// execution: ROW EXCLUSIVE for writes, ACCESS SHARE or ROW SHARE for reads. So PostgreSQL itself resolves names, schemas and search_path, and
/// tables that the planner removes from the plan are still found.</remarks>
internal static class TouchedTables
{
    // Predicate locks stay in the list of a session after the transaction that took them has committed.
    private const string Held = """
        pg_catalog.pg_locks l WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.mode <> 'SIReadLock'
            AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
        """;

    /// <summary>A partition counts as its partitioned table. The catalog has no user tables, so only writes to it count: pg_settings, a view,
    /// sets the search path.</summary>
    private const string Tables = $"""
        SELECT n.nspname::text, r.relname::text, bool_or(held.written) FROM (
            SELECT l.relation, bool_or(l.mode = 'RowExclusiveLock') AS written FROM {Held} GROUP BY l.relation) held
        JOIN pg_catalog.pg_class c ON c.oid = held.relation
        JOIN pg_catalog.pg_class r ON r.oid = coalesce(pg_catalog.pg_partition_root(c.oid)::oid, c.oid)
        JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
        WHERE CASE WHEN n.nspname IN ('pg_catalog', 'information_schema', 'pg_toast') THEN held.written AND c.relkind IN ('r', 'v')
            ELSE c.relkind IN ('r', 'p', 'f', 'm') AND r.relpersistence <> 't' END
        GROUP BY 1, 2
        """;

    /// <summary>($1 names called, $2 whether rows are changed, $3 PostgreSQL's own functions that run SQL.) An IMMUTABLE function may not read
    /// tables; operators and casts are assumed to be immutable.</summary>
    private const string Doubts = $"""
        WITH written AS MATERIALIZED (
            SELECT DISTINCT part.oid FROM (SELECT l.relation FROM {Held} AND l.mode = 'RowExclusiveLock') held CROSS JOIN LATERAL (
                SELECT held.relation AS oid UNION SELECT tree.relid::oid FROM pg_catalog.pg_partition_tree(pg_catalog.pg_partition_root(held.relation)) tree) part),
        suspect AS (
            SELECT p.oid, pg_catalog.format('%I.%I', n.nspname, p.proname) AS name, p.proname, n.nspname = 'pg_catalog' AS is_own
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE CASE WHEN n.nspname = 'pg_catalog' THEN p.proname = ANY ($3) ELSE n.nspname <> 'information_schema' AND (p.provolatile <> 'i' OR p.prokind = 'a') END)
        SELECT pg_catalog.format('function %s may touch tables', CASE WHEN s.is_own THEN s.proname::text ELSE s.name END) AS doubt FROM suspect s WHERE s.proname = ANY ($1)
        UNION SELECT pg_catalog.format('function %s in constraint %I may touch tables', s.name, c.conname)
        FROM written JOIN pg_catalog.pg_constraint c ON c.conrelid = written.oid
        JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_catalog.pg_proc'::regclass
        JOIN suspect s ON s.oid = d.refobjid
        UNION SELECT pg_catalog.format('trigger %I of %I.%I may touch other tables', t.tgname, n.nspname, r.relname)
        FROM written JOIN pg_catalog.pg_trigger t ON t.tgrelid = written.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'
        JOIN pg_catalog.pg_class r ON r.oid = t.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
        UNION SELECT pg_catalog.format('foreign key %I of %I.%I cascades', c.conname, n.nspname, r.relname)
        FROM written JOIN pg_catalog.pg_constraint c ON c.confrelid = written.oid AND c.contype = 'f' AND $2 AND (c.confdeltype IN ('c', 'n', 'd') OR c.confupdtype IN ('c', 'n', 'd'))
        JOIN pg_catalog.pg_class r ON r.oid = c.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
        ORDER BY 1
        """;

    private static readonly string[] RunningSql =
    [
        "query_to_xml", "query_to_xmlschema", "query_to_xml_and_xmlschema", "cursor_to_xml", "cursor_to_xmlschema", "table_to_xml",
            "table_to_xmlschema", "table_to_xml_and_xmlschema",
        "schema_to_xml", "schema_to_xmlschema", "schema_to_xml_and_xmlschema", "database_to_xml", "database_to_xmlschema",
        "database_to_xml_and_xmlschema",
        "ts_stat", "ts_rewrite", "set_config",
    ];

    public static async Task<StatementTables> ReadAsync(
        NpgsqlConnection connection, int ordinal, PlanText plan, IEnumerable<string> calls, CancellationToken cancellationToken)
    {
        var writes = new List<TableName>();
        var reads = new List<TableName>();
        var doubts = new List<string>();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Tables));
        var second = new NpgsqlBatchCommand(Doubts);
        second.Parameters.AddTyped(calls.Union(plan.Calls).ToArray());
        second.Parameters.AddTyped(plan.ChangesRows);
        second.Parameters.AddTyped(RunningSql);
        batch.BatchCommands.Add(second);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            (reader.GetBoolean(2) ? writes : reads).Add(new TableName(reader.GetString(0), reader.GetString(1)));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) doubts.Add(reader.GetString(0));
        return new StatementTables(ordinal, writes, reads, doubts.Count > 0 ? string.Join(", ", doubts) : null);
    }
}
