using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Coordinator.RedshiftSimulator.Catalog;

/// <summary>Creates those Redshift system views and functions that are in use in a database, over PostgreSQL's own catalog.</summary>
internal sealed class SystemViews(SimulatorOptions options) : IAsyncDisposable
{
    private const string Setup = """
        SET allow_system_table_mods = on;
        SELECT pg_advisory_xact_lock(4711);
        CREATE OR REPLACE FUNCTION pg_catalog.getdate() RETURNS timestamp LANGUAGE sql STABLE AS 'SELECT date_trunc(''second'', clock_timestamp() AT TIME ZONE current_setting(''TimeZone''))';
        CREATE OR REPLACE FUNCTION pg_catalog.sysdate() RETURNS timestamp LANGUAGE sql STABLE AS 'SELECT now() AT TIME ZONE current_setting(''TimeZone'')';
        CREATE OR REPLACE FUNCTION pg_catalog.redshift_namespace() RETURNS varchar LANGUAGE sql STABLE AS
            'SELECT md5(system_identifier::text)::uuid::text FROM pg_catalog.pg_control_system()';
        CREATE OR REPLACE FUNCTION pg_catalog.varchar_argument(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS
            'BEGIN IF octet_length(value) > 65535 THEN RAISE EXCEPTION USING ERRCODE = ''XX000'', MESSAGE = ''Value too long for character type''; END IF; RETURN value; END';
        CREATE OR REPLACE FUNCTION pg_catalog.json_parse(text) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT AS 'SELECT varchar_argument($1)::jsonb';
        CREATE OR REPLACE FUNCTION pg_catalog.to_varbyte(text, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT AS 'SELECT decode(varchar_argument($1), $2)';
        CREATE OR REPLACE VIEW pg_catalog.svv_redshift_databases AS
            SELECT datname::varchar AS database_name, datdba::int AS database_owner, 'local'::varchar AS database_type, '{0}'::varchar AS database_isolation_level FROM pg_database;
        CREATE OR REPLACE VIEW pg_catalog.stv_db_isolation_level AS
            SELECT datname::char(128) AS db_name, '{0}'::char(20) AS isolation_level FROM pg_database;
        CREATE OR REPLACE VIEW pg_catalog.svv_tables AS
            SELECT current_database()::text AS table_catalog, n.nspname::text AS table_schema, c.relname::text AS table_name,
                   CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'VIEW' ELSE 'BASE TABLE' END::text AS table_type, obj_description(c.oid, 'pg_class')::text AS remarks
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT LIKE '%.%'{1};
        CREATE OR REPLACE VIEW pg_catalog.svv_columns AS
            SELECT table_catalog::text, table_schema::text, table_name::text, column_name::text, ordinal_position::int, column_default::text, is_nullable::text,
                   CASE udt_name WHEN 'bytea' THEN 'binary varying' WHEN 'jsonb' THEN 'super' WHEN 'json' THEN 'super' ELSE data_type END::text AS data_type,
                   character_maximum_length::int, numeric_precision::int, numeric_scale::int, NULL::text AS remarks
            FROM information_schema.columns;
        CREATE OR REPLACE FUNCTION pg_catalog.pg_last_copy_count() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT coalesce(current_setting(''simulator.copied'', true), ''0'')::bigint';
        CREATE TABLE IF NOT EXISTS pg_catalog.stl_load_errors (
            starttime timestamp DEFAULT now(), session int, filename char(256), line_number bigint, colname char(127), err_code int, err_reason char(100));
        CREATE OR REPLACE VIEW pg_catalog.sys_load_error_detail AS
            SELECT session AS session_id, starttime AS start_time, filename AS file_name, line_number, colname AS column_name, err_code AS error_code, err_reason::char(512) AS error_message
            FROM pg_catalog.stl_load_errors;
        CREATE OR REPLACE VIEW pg_catalog.stv_sessions AS
            SELECT backend_start AT TIME ZONE 'UTC' AS starttime, pid::int AS process, usename::char(50) AS user_name, datname::char(50) AS db_name, 0 AS timeout_sec
            FROM pg_stat_activity WHERE backend_type = 'client backend';
        CREATE OR REPLACE VIEW pg_catalog.sys_session_history AS
            SELECT usesysid::char(50) AS user_id, pid::int AS session_id, datname::char(50) AS database_name, 'active'::char(10) AS status, 0 AS session_timeout,
                   backend_start AT TIME ZONE 'UTC' AS start_time, NULL::timestamp AS end_time
            FROM pg_stat_activity WHERE backend_type = 'client backend';
        CREATE OR REPLACE VIEW pg_catalog.sys_query_history AS
            SELECT usesysid::int AS user_id, pid::int AS session_id, datname::varchar AS database_name, query::varchar AS query_text,
                   CASE state WHEN 'active' THEN 'running' ELSE 'success' END::char(10) AS status, query_start AT TIME ZONE 'UTC' AS start_time,
                   CASE state WHEN 'active' THEN NULL ELSE state_change AT TIME ZONE 'UTC' END AS end_time
            FROM pg_stat_activity WHERE backend_type = 'client backend' AND query <> '';
        CREATE OR REPLACE VIEW pg_catalog.stv_inflight AS
            SELECT pid::int AS pid, usesysid::int AS userid, left(query, 100)::char(100) AS text, query_start AT TIME ZONE 'UTC' AS starttime
            FROM pg_stat_activity WHERE state = 'active' AND backend_type = 'client backend';
        CREATE OR REPLACE VIEW pg_catalog.svv_transactions AS
            SELECT a.usename::text AS txn_owner, a.datname::text AS txn_db, NULL::bigint AS xid, l.pid::int AS pid, a.xact_start AT TIME ZONE 'UTC' AS txn_start,
                   l.mode::text AS lock_mode, l.locktype::text AS lockable_object_type, l.relation::int AS relation, l.granted
            FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype IN ('relation', 'transactionid', 'virtualxid');
        CREATE OR REPLACE FUNCTION pg_catalog.redshift_format_type(type oid, modifier int) RETURNS text LANGUAGE sql STABLE AS
            'SELECT CASE type WHEN ''bytea''::regtype THEN ''binary varying(64000)'' WHEN ''jsonb''::regtype THEN ''super'' WHEN ''json''::regtype THEN ''super'' ELSE format_type(type, modifier) END';
        CREATE OR REPLACE FUNCTION pg_catalog.redshift_version() RETURNS text LANGUAGE sql IMMUTABLE AS
            'SELECT ''PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.117891''::text';
        GRANT SELECT ON pg_catalog.svv_redshift_databases, pg_catalog.stv_db_isolation_level, pg_catalog.svv_tables, pg_catalog.svv_columns, pg_catalog.stl_load_errors,
            pg_catalog.sys_load_error_detail, pg_catalog.stv_sessions, pg_catalog.sys_session_history, pg_catalog.sys_query_history, pg_catalog.stv_inflight, pg_catalog.svv_transactions TO PUBLIC;
        """;

    private readonly ConcurrentDictionary<string, Lazy<Task<NpgsqlDataSource>>> _databases = new(StringComparer.Ordinal);

    /// <summary>A pool of side connections to a database that has the views.</summary>
    public Task<NpgsqlDataSource> EnsureAsync(string database) =>
        _databases.GetOrAdd(database, name => new Lazy<Task<NpgsqlDataSource>>(() => SetUpAsync(name))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _databases.Values.Where(static source => source.Value.IsCompletedSuccessfully))
            await (await source.Value).DisposeAsync();
    }

    private async Task<NpgsqlDataSource> SetUpAsync(string database)
    {
        var builder = new NpgsqlDataSourceBuilder(options.Upstream);
        builder.ConnectionStringBuilder.Database = database;
        builder.ConnectionStringBuilder.ApplicationName = "redshift simulator";
        builder.ConnectionStringBuilder.MaxPoolSize = 20;
        builder.ConnectionStringBuilder.MaxAutoPrepare = 4;
        var source = builder.Build();
        var level = options.Isolation == IsolationLevel.Snapshot ? "Snapshot Isolation" : "Serializable";
        var slow = options.SvvTables > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $" AND (SELECT pg_sleep({options.SvvTables.TotalSeconds})::text) IS NOT NULL")
            : "";
        await using var command = source.CreateCommand(
            Setup.Replace("{0}", level, StringComparison.Ordinal).Replace("{1}", slow, StringComparison.Ordinal));
        await command.ExecuteNonQueryAsync();
        return source;
    }
}
